using System.Net.Sockets;
using CriAttach.Silo.Native;
using CriAttach.Streams.Input;
using CriAttach.Wire.Conmon;

namespace CriAttach.Silo.Runtimes.Conmon;

/// <summary>PID 1's standard input by way of conmon, which never closes it: for terminals, and for input that outlives its clients.</summary>
internal sealed class SocketStdin(Socket socket) : IStdinSink
{
    /// <summary>
    /// Gets a value indicating whether conmon has read all of it. What still lies in its socket is lost when the silo dies with output unread: the
    /// kernel then gives conmon an error before the input, and conmon closes the connection.
    /// </summary>
    public unsafe bool IsHandedOver
    {
        get
        {
            var held = false;
            try
            {
                int count;
                socket.SafeHandle.DangerousAddRef(ref held);

                // A conmon that goes away leaves nothing unread either, whether it has read all or not.
                PollEntry end = new() { Descriptor = (int)socket.SafeHandle.DangerousGetHandle() };
                return Libc.IoControl(socket.SafeHandle, Libc.BytesUnread, &count) == 0 && count == 0 && Libc.Poll(&end, 1, 0) == 0;
            }
            catch (ObjectDisposedException)
            {
                // The container goes away; whoever asks hears that its input is closed.
                return false;
            }
            finally
            {
                if (held)
                {
                    socket.SafeHandle.DangerousRelease();
                }
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        try
        {
            for (; !data.IsEmpty; data = data[Math.Min(data.Length, ConmonPacket.MaxStdinLength)..])
            {
                await socket.SendAsync(data[..Math.Min(data.Length, ConmonPacket.MaxStdinLength)], SocketFlags.None, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (SocketException fault)
        {
            throw new IOException("conmon takes no more input", fault);
        }
    }

    /// <inheritdoc/>
    public ValueTask CloseAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
