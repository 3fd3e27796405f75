using System.Runtime.InteropServices;
using CriAttach.Interfaces.Stdio;
using CriAttach.Silo.CriLogs;
using CriAttach.Silo.Native;
using CriAttach.Streams.Log;
using CriAttach.Wire.Conmon;

namespace CriAttach.Silo.Runtimes.Conmon;

/// <summary>
/// Brings a container's output from conmon into the log. It does not receive while readers may hold PID 1 up, which is the only
/// way to slow PID 1 down; once the container is being stopped it waits for no reader any more.
/// An idle connection costs no thread. A busy one gets a thread of its own for as long as packets keep coming: waking up the
/// thread pool for each packet of 8 KiB takes ten times as long as the packet.
/// </summary>
internal sealed class ConmonPump(Readiness connection, StdioLog log, CriLogRotator rotator, TimeProvider clock, CancellationToken stopping)
{
    // As much as this in so short a time makes a connection busy.
    private const int BusyPackets = 64;
    private static readonly TimeSpan BusyTime = TimeSpan.FromMilliseconds(20);

    // A full packet is seldom the last: readers wait so long for the next one, and get larger batches.
    private const int BurstMilliseconds = 1;

    // Within a burst the connection is looked at so often; conmon fills half of its socket's buffer in that time.
    private const uint BurstMicroseconds = 100;

    // As long as this without a packet makes it idle again.
    private const int IdleMilliseconds = 100;

    // A machine full of busy containers does not get more done by more threads.
    private static readonly SemaphoreSlim Threads = new(4 * Environment.ProcessorCount);

    // A receive of no bytes, to wait without a buffer, would throw a packet away: so one buffer per container.
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(ConmonPacket.MaxLength, pinned: true);
    private Task _room = Task.CompletedTask;
    private int _packets;
    private long _since;

    /// <summary>Runs until the connection ends.</summary>
    /// <param name="detach">Lets go of the container.</param>
    /// <exception cref="ConmonProtocolException">conmon sent what it never sends.</exception>
    public async Task<PumpEnd> RunAsync(CancellationToken detach)
    {
        using var registration = detach.UnsafeRegister(static connection => ((Readiness)connection!).Tell(), connection);
        while (true)
        {
            switch (Receive(detach))
            {
                case PumpEnd.Closed:
                    return PumpEnd.Closed;
                case PumpEnd.Detached:
                    return PumpEnd.Detached;
                case PumpEnd.Full:
                    await WaitForRoomAsync(detach).ConfigureAwait(false);
                    break;
                case PumpEnd.Busy when Threads.Wait(0, CancellationToken.None):
                    await ReceiveOnThreadAsync(detach).ConfigureAwait(false);
                    break;
                case PumpEnd.Busy:
                    await Task.Yield();
                    break;
                default:
                    await connection.WaitAsync().ConfigureAwait(false);
                    break;
            }
        }
    }

    private async Task ReceiveOnThreadAsync(CancellationToken detach)
    {
        try
        {
            await Task.Factory.StartNew(() => ReceiveBursts(detach), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        }
        finally
        {
            Threads.Release();
        }
    }

    /// <summary>Receives while it need not wait.</summary>
    private PumpEnd Receive(CancellationToken detach)
    {
        while (!detach.IsCancellationRequested)
        {
            if (!HasRoom())
            {
                return PumpEnd.Full;
            }

            var count = ReceivePacket();
            if (count <= 0)
            {
                return count < 0 ? PumpEnd.Empty : PumpEnd.Closed;
            }

            Append(_buffer.AsMemory(0, count), more: false);
            if (BecomesBusy())
            {
                return PumpEnd.Busy;
            }
        }

        return PumpEnd.Detached;
    }

    /// <summary>Receives while it need not wait long, several packets at a time.</summary>
    private PumpEnd ReceiveBursts(CancellationToken detach)
    {
        var burst = PacketBurst.Rent();
        try
        {
            while (!detach.IsCancellationRequested)
            {
                if (!HasRoom())
                {
                    return PumpEnd.Full;
                }

                if (ReceiveBurst(burst) is { } end)
                {
                    return end;
                }
            }

            return PumpEnd.Detached;
        }
        finally
        {
            log.Flush();
            burst.Return();
        }
    }

    /// <summary>Receives once, and waits where there is nothing.</summary>
    /// <returns>Why to stop; none to go on.</returns>
    private PumpEnd? ReceiveBurst(PacketBurst burst)
    {
        var count = burst.Receive(connection.Descriptor);
        if (count < 0)
        {
            return Marshal.GetLastPInvokeError() switch
            {
                Libc.Interrupted => null,
                Libc.TryAgain => IsBurstOver() ? PumpEnd.Empty : null,
                _ => PumpEnd.Closed, // As in ReceivePacket.
            };
        }

        var isFull = false;
        for (var i = 0; i < count; i++)
        {
            var packet = burst[i];
            if (packet.IsEmpty)
            {
                return PumpEnd.Closed;
            }

            isFull = packet.Length == ConmonPacket.MaxLength;
            Append(packet, more: isFull || i < count - 1);
        }

        if (isFull && count < PacketBurst.Capacity)
        {
            // conmon is in the middle of something: soon there will be several, and it need not wake anybody for each.
            _ = Libc.Nap(BurstMicroseconds);
        }

        return null;
    }

    /// <summary>Whether nothing comes for long enough; readers do not wait that long for what there is.</summary>
    private bool IsBurstOver()
    {
        if (IsReadableWithin(BurstMilliseconds))
        {
            return false;
        }

        log.Flush();
        return !IsReadableWithin(IdleMilliseconds);
    }

    private void Append(Memory<byte> received, bool more)
    {
        var packet = ConmonPacket.Parse(received);
        log.Append(packet.Pipe == ConmonPipe.Stderr ? StdioStream.Stderr : StdioStream.Stdout, packet.Payload.Span, more);
        rotator.Observe(log.Head);
    }

    /// <summary>Receives one packet; 0 at the end, negative when there is none.</summary>
    private unsafe int ReceivePacket()
    {
        fixed (byte* buffer = _buffer)
        {
            while (true)
            {
                var count = (int)Libc.Receive(connection.Descriptor, buffer, _buffer.Length, Libc.DoNotWait);
                if (count >= 0)
                {
                    return count;
                }

                switch (Marshal.GetLastPInvokeError())
                {
                    case Libc.TryAgain:
                        return -1;
                    case Libc.Interrupted:
                        break;
                    default:
                        // A conmon that dies with input unread resets the connection instead of closing it.
                        return 0;
                }
            }
        }
    }

    private unsafe bool IsReadableWithin(int milliseconds)
    {
        var entry = new PollEntry { Descriptor = connection.Descriptor, Wanted = Libc.PollReadable };
        return Libc.Poll(&entry, 1, milliseconds) > 0;
    }

    private bool BecomesBusy()
    {
        if (++_packets < BusyPackets)
        {
            return false;
        }

        var (now, since) = (clock.GetTimestamp(), _since);
        (_packets, _since) = (0, now);
        return since != 0 && clock.GetElapsedTime(since, now) < BusyTime;
    }

    private bool HasRoom()
    {
        if (stopping.IsCancellationRequested)
        {
            return true;
        }

        var room = log.WaitForRoomAsync(stopping);
        if (room.IsCompletedSuccessfully)
        {
            return true;
        }

        _room = room.AsTask();
        return false;
    }

    private async ValueTask WaitForRoomAsync(CancellationToken detach)
    {
        try
        {
            await _room.WaitAsync(detach).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested || detach.IsCancellationRequested)
        {
            // The container is being stopped, and from now on nobody is waited for; or we let go of it.
        }
    }
}
