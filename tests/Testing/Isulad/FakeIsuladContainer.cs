using System.Collections.Concurrent;
using System.IO.Pipelines;
using CriAttach.Protos.Runtime.V1;
using CriAttach.Wire.Channels;

namespace CriAttach.Testing.Isulad;

/// <summary>A container of <see cref="FakeIsulad"/>. PID 1 is the test: it reads the input, writes output and ends.</summary>
public sealed class FakeIsuladContainer
{
    private const int NanosecondsPerTick = 100;

    private readonly ConcurrentDictionary<FakeIsuladSession, FakeIsuladSession> _sessions = [];
    private readonly Pipe _input = new();
    private volatile int _exitCode = -1;

    /// <summary>The runtime's id of it: 64 hexadecimal digits, as iSulad's.</summary>
    public string Id { get; } = Convert.ToHexStringLower([.. Guid.NewGuid().ToByteArray(), .. Guid.NewGuid().ToByteArray()]);

    /// <summary>Its name in its pod.</summary>
    public string Name { get; init; } = "main";

    /// <summary>Where its log is said to be. Nothing is written there.</summary>
    public required string LogPath { get; init; }

    /// <summary>Whether PID 1 writes back what it reads, as <c>cat</c> does.</summary>
    public bool Echoes { get; init; }

    /// <summary>Standard input, all attachers' together.</summary>
    public PipeReader Input => _input.Reader;

    /// <summary>The sizes of the terminal, as they were told.</summary>
    public ConcurrentQueue<(int Width, int Height)> Sizes { get; } = [];

    /// <summary>How many are attached.</summary>
    public int Attached => _sessions.Count;

    /// <summary>Writes output to all who are attached.</summary>
    /// <param name="channel">Stdout or stderr.</param>
    /// <param name="bytes">The bytes. Of each 4 KiB iSulad sends those before the first NUL.</param>
    public async Task WriteAsync(StdioChannel channel, ReadOnlyMemory<byte> bytes)
    {
        foreach (var session in _sessions.Keys)
        {
            await session.QueueAsync(channel, bytes).ConfigureAwait(false);
        }
    }

    /// <summary>Ends PID 1; all who are attached get what was written, then the end of their connections.</summary>
    /// <param name="code">Its exit code.</param>
    public void Exit(int code = 0)
    {
        _exitCode = code;
        foreach (var session in _sessions.Keys)
        {
            session.Finish();
        }
    }

    internal Dictionary<string, string> Labels => new(StringComparer.Ordinal)
    {
        ["io.kubernetes.pod.namespace"] = "default",
        ["io.kubernetes.pod.name"] = "pod",
        ["io.kubernetes.container.name"] = Name,
    };

    internal long CreatedAt { get; } = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick;

    internal bool IsRunning => _exitCode < 0;

    internal ContainerState State => IsRunning ? ContainerState.ContainerRunning : ContainerState.ContainerExited;

    internal int ExitCode => Math.Max(0, _exitCode);

    internal void Add(FakeIsuladSession session) => _sessions.TryAdd(session, session);

    internal void Remove(FakeIsuladSession session) => _sessions.TryRemove(session, out _);

    internal async Task ReceiveAsync(ReadOnlyMemory<byte> bytes)
    {
        if (Echoes)
        {
            await WriteAsync(StdioChannel.Stdout, bytes).ConfigureAwait(false);
            return;
        }

        await _input.Writer.WriteAsync(bytes).ConfigureAwait(false);
    }
}
