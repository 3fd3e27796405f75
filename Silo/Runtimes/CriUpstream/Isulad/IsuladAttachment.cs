using CriAttach.Interfaces.Stdio;
using CriAttach.Transports.WebSocket;
using CriAttach.Wire;
using CriAttach.Wire.Channels;

namespace CriAttach.Silo.Runtimes.CriUpstream.Isulad;

/// <summary>An attachment to iSulad. What is not read fills the connection's buffers, then iSulad's, which holds very much before it drops.</summary>
internal sealed class IsuladAttachment(ChannelConnection connection, bool hasStdin) : IUpstreamAttachment
{
    /// <inheritdoc/>
    public string End => connection.End?.Message ?? "";

    /// <inheritdoc/>
    public async ValueTask<UpstreamRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (channel, count) = await connection.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                return default;
            }

            if (channel is StdioChannel.Stdout or StdioChannel.Stderr)
            {
                return new UpstreamRead(channel == StdioChannel.Stderr ? StdioStream.Stderr : StdioStream.Stdout, count);
            }

            // A status: iSulad sends none, and the end of the connection is all that would follow from one.
        }
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => hasStdin
        ? connection.WriteAsync(StdioChannel.Stdin, data, cancellationToken)
        : throw new IOException("the container was attached to without its standard input");

    /// <inheritdoc/>
    public ValueTask EndInputAsync(CancellationToken cancellationToken) => throw new NotSupportedException(
        "iSulad's protocol cannot end a container's input while its output goes on: the input ends when the attachment does");

    /// <inheritdoc/>
    public ValueTask ResizeAsync(TerminalSize size, CancellationToken cancellationToken)
    {
        var text = new byte[ResizeWriter.MaxLength];
        var length = ResizeWriter.Write(text, new WindowSize(size.Width, size.Height));
        return connection.WriteAsync(StdioChannel.Resize, text.AsMemory(0, length), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
