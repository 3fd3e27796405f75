using System.Net.Sockets;
using CriAttach.Interfaces.Stdio;

namespace CriAttach.Silo.Runtimes.Process;

/// <summary>Brings one stream of a process into the log; waits for readers by the same rules as for any container.</summary>
internal sealed class ProcessPump(StdioStream stream, Socket socket, ProcessLogWriter writer, CancellationToken stopping)
{
    private const int BufferSize = 8192;

    /// <summary>Runs until the stream ends.</summary>
    public async Task RunAsync(CancellationToken abandon)
    {
        var buffer = new byte[BufferSize];
        while (true)
        {
            await WaitForRoomAsync().ConfigureAwait(false);
            int count;
            try
            {
                count = await socket.ReceiveAsync(buffer.AsMemory(), SocketFlags.None, abandon).ConfigureAwait(false);
            }
            catch (SocketException)
            {
                // A terminal that nobody has open any more says EIO, not end.
                return;
            }
            catch (OperationCanceledException) when (abandon.IsCancellationRequested)
            {
                return;
            }

            if (count == 0)
            {
                return;
            }

            writer.Append(stream, buffer.AsSpan(0, count));
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
            await writer.Log.WaitForRoomAsync(stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The container is being stopped: from now on nobody is waited for.
        }
    }
}
