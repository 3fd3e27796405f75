using System.Globalization;
using System.Net.Sockets;
using CriAttach.Load.Attach;
using CriAttach.Load.Targets;

namespace CriAttach.Load.Phases;

/// <summary>
/// Sessions on one container that runs <see cref="BenchImage.CommandReader"/>, every one of which has been seen to
/// receive output, and stands just behind the marker when <see cref="Open"/> returns.
/// </summary>
internal sealed class CommandSessions : IDisposable
{
    internal const byte Marker = (byte)'M';
    private const byte Present = (byte)'p';
    private const int Tries = 5;
    private static readonly TimeSpan TryPatience = TimeSpan.FromSeconds(2);

    private readonly List<AttachSession> _sessions = [];

    internal IReadOnlyList<AttachSession> All => _sessions;

    internal AttachSession First => _sessions[0];

    internal static CommandSessions Open(AttachClient client, TargetContainer container, int count)
    {
        CommandSessions sessions = new();
        try
        {
            for (int i = 0; i < count; i++)
            {
                AttachSession session = client.Attach(container.Id);
                sessions._sessions.Add(session);
                Awaken(session);
            }

            sessions.First.SendInput("m\n");
            foreach (AttachSession session in sessions._sessions)
            {
                session.ReadOutputUntil(Marker);
            }

            return sessions;
        }
        catch
        {
            sessions.Dispose();
            throw;
        }
    }

    internal void Command(char command, long count) =>
        First.SendInput(string.Create(CultureInfo.InvariantCulture, $"{command} {count}\n"));

    /// <summary>Reads so many bytes from every session at once and checks each of them.</summary>
    internal void ReadAll(ContentPattern pattern, long bytesEach)
    {
        Exception?[] faults = new Exception?[_sessions.Count];
        Thread[] readers = [.. _sessions.Select((session, index) => new Thread(() => faults[index] = Read(session, pattern, bytesEach)) { IsBackground = true })];
        foreach (Thread reader in readers)
        {
            reader.Start();
        }

        foreach (Thread reader in readers)
        {
            reader.Join();
        }

        if (faults.FirstOrDefault(fault => fault is not null) is { } first)
        {
            throw new InvalidDataException($"{faults.Count(fault => fault is not null)} of {faults.Length} clients did not get all: {first.Message}", first);
        }
    }

    public void Dispose()
    {
        foreach (AttachSession session in _sessions)
        {
            session.Dispose();
        }
    }

    // An answered upgrade does not mean that output flows already: containerd loses what comes before it has joined.
    private static void Awaken(AttachSession session)
    {
        for (int i = 0; i < Tries; i++)
        {
            session.SendInput("p\n");
            try
            {
                session.ReadPatience = TryPatience;
                if (session.ReadOutput().Contains(Present))
                {
                    session.ReadPatience = AttachSession.Patience;
                    return;
                }
            }
            catch (SocketException fault) when (fault.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
            {
                // Lost; ask again.
            }
        }

        throw new TimeoutException("The session never saw output.");
    }

    private static Exception? Read(AttachSession session, ContentPattern pattern, long bytes)
    {
        try
        {
            for (long position = 0; position < bytes;)
            {
                ReadOnlySpan<byte> piece = session.ReadOutput();
                if (piece.Length > bytes - position)
                {
                    throw new InvalidDataException("More came than was written.");
                }

                pattern.Check(position, piece);
                position += piece.Length;
            }

            return null;
        }
        catch (Exception fault)
        {
            // The thread ends here; whoever joins it throws.
            return fault;
        }
    }
}
