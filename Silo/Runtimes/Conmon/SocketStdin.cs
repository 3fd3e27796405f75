using System.Net.Sockets;
using CriAttach.Streams.Input;
using CriAttach.Wire.Conmon;

namespace CriAttach.Silo.Runtimes.Conmon;

/// <summary>PID 1's standard input by way of conmon, which never closes it: for terminals, and for input that outlives its clients.</summary>
internal sealed class SocketStdin(Socket socket) : IStdinSink
{
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
