using System.Net.Sockets;
using CriAttach.Interfaces.Faults;
using CriAttach.Silo.CriLogs;
using CriAttach.Silo.Native;
using CriAttach.Wire.CriLog;

namespace CriAttach.Silo.Runtimes.Conmon;

/// <summary>
/// Connects to conmon's attach socket at an output offset that is known exactly, whatever PID 1 writes meanwhile (docs/adr/0008).
/// conmon is one loop: it asks which of its descriptors are ready, then serves those in the order in which it opened them:
/// attach socket, control FIFO, PID 1's pipes. So while it is stopped by a signal we put a connection into the first and the order
/// to open the log anew into the second; when it goes on it takes both in one round, with no output between them. The first
/// byte of the new log file and the first byte of the connection are the same byte, and its offset is where the old file ends.
/// </summary>
internal sealed class ConmonJoin(TimeProvider clock)
{
    // After two, all orders of an earlier silo have been carried out; each round also accepts one connection that such a silo left behind.
    private const int Barriers = 3;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(0.2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Connects.</summary>
    /// <returns>The connection and the offset of its first byte; none when conmon has ended, and the log is complete.</returns>
    /// <exception cref="CriLogFormatException">The log cannot be read, so that no offset is known.</exception>
    /// <exception cref="RuntimeFailureException">conmon does not do its part.</exception>
    public async Task<(Socket Socket, long Offset)?> JoinAsync(ProcessIdentity conmon, BundlePaths bundle, CriLogFiles files, CancellationToken cancellationToken)
    {
        Socket? socket = null;
        try
        {
            // An earlier silo may have died while it had it stopped.
            conmon.Send(Signal.Continue);
            for (var i = 0; i < Barriers; i++)
            {
                ControlFifo.WriteBarrier(bundle.Control);
                await UntilAsync(() => ControlFifo.IsEmpty(bundle.Control), conmon, cancellationToken).ConfigureAwait(false);
            }

            socket = await ConnectStoppedAsync(conmon, bundle, files, cancellationToken).ConfigureAwait(false);
            await UntilAsync(() => files.HasCurrent, conmon, cancellationToken).ConfigureAwait(false);
            return files.HasCurrent ? (Give(ref socket)!, files.CompleteRotation()) : null;
        }
        catch (IOException) when (!conmon.IsAlive())
        {
            return null;
        }
        catch (IOException fault)
        {
            throw new RuntimeFailureException($"conmon cannot be attached to: {fault.Message}");
        }
        finally
        {
            files.EndRotation();
            socket?.Dispose();
        }
    }

    private static Socket? Give(ref Socket? socket)
    {
        var given = socket;
        socket = null;
        return given;
    }

    private async Task<Socket> ConnectStoppedAsync(ProcessIdentity conmon, BundlePaths bundle, CriLogFiles files, CancellationToken cancellationToken)
    {
        try
        {
            conmon.Send(Signal.Stop);
            await UntilAsync(conmon.IsStopped, conmon, cancellationToken).ConfigureAwait(false);
            files.BeginRotation();
            var socket = AttachSocket.Connect(bundle.Directory);
            ControlFifo.ReopenLog(bundle.Control);
            return socket;
        }
        finally
        {
            conmon.Send(Signal.Continue);
        }
    }

    private async Task UntilAsync(Func<bool> condition, ProcessIdentity conmon, CancellationToken cancellationToken)
    {
        var since = clock.GetTimestamp();
        for (var pause = FirstPause; !condition(); pause = pause < LongestPause ? pause * 2 : pause)
        {
            if (!conmon.IsAlive())
            {
                return;
            }

            if (clock.GetElapsedTime(since) > Patience)
            {
                throw new RuntimeFailureException($"conmon (process {conmon.Pid}) does not react");
            }

            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
        }
    }
}
