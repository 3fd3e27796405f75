using System.Net.Sockets;
using CriAttach.Streams.Input;

namespace CriAttach.Silo.Runtimes.Process;

/// <summary>A process's standard input. There is none before it is started.</summary>
internal sealed class ProcessStdin(Task<Socket> input) : IStdinSink
{
    /// <inheritdoc/>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        var socket = await input.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (!data.IsEmpty)
            {
                data = data[await socket.SendAsync(data, SocketFlags.None, cancellationToken).ConfigureAwait(false)..];
            }
        }
        catch (SocketException fault)
        {
            throw new IOException("PID 1 takes no more input", fault);
        }
    }

    /// <inheritdoc/>
    public async ValueTask CloseAsync(CancellationToken cancellationToken) =>
        (await input.WaitAsync(cancellationToken).ConfigureAwait(false)).Dispose();
}
