using System.Net.Sockets;
using CriAttach.Interfaces.Stdio;
using CriAttach.Silo.CriLogs;
using CriAttach.Streams.Log;
using CriAttach.Wire.Conmon;

namespace CriAttach.Silo.Runtimes.Conmon;

/// <summary>
/// Brings a container's output from conmon into the log. It does not receive while readers may hold PID 1 up, which is the only
/// way to slow PID 1 down; once the container is being stopped it waits for no reader any more.
/// </summary>
internal sealed class ConmonPump(Socket socket, StdioLog log, CriLogRotator rotator, CancellationToken stopping)
{
    /// <summary>Runs until the connection ends.</summary>
    /// <param name="detach">Lets go of the container.</param>
    /// <exception cref="ConmonProtocolException">conmon sent what it never sends.</exception>
    public async Task<PumpEnd> RunAsync(CancellationToken detach)
    {
        // A receive of no bytes, to wait without a buffer, would throw a packet away: so one buffer per container.
        Memory<byte> buffer = new byte[ConmonPacket.MaxLength];
        try
        {
            while (true)
            {
                await WaitForRoomAsync().ConfigureAwait(false);
                var count = await socket.ReceiveAsync(buffer, SocketFlags.None, detach).ConfigureAwait(false);
                if (count == 0)
                {
                    return PumpEnd.Closed;
                }

                var packet = ConmonPacket.Parse(buffer[..count]);
                log.Append(packet.Pipe == ConmonPipe.Stderr ? StdioStream.Stderr : StdioStream.Stdout, packet.Payload.Span);
                rotator.Observe(log.Head);
            }
        }
        catch (OperationCanceledException) when (detach.IsCancellationRequested)
        {
            return PumpEnd.Detached;
        }
        catch (SocketException) when (!detach.IsCancellationRequested)
        {
            // A conmon that dies with input unread resets the connection instead of closing it.
            return PumpEnd.Closed;
        }
    }

    private async ValueTask WaitForRoomAsync()
    {
        if (stopping.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await log.WaitForRoomAsync(stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The container is being stopped: from now on nobody is waited for.
        }
    }
}
