using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using CriAttach.Wire;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Cli.Streaming;

// From this side to the gateway.
internal sealed partial class AttachSession
{
    private const int MaxChunk = 32 * 1024;
    private readonly ChannelWriter _messages;

    /// <inheritdoc/>
    public async ValueTask<bool> SendStdinAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        while (!data.IsEmpty)
        {
            var chunk = data[..Math.Min(data.Length, MaxChunk)];
            if (!await SendMessageAsync(StdioChannel.Stdin, chunk, cancellationToken))
            {
                return false;
            }

            data = data[chunk.Length..];
        }

        return true;
    }

    /// <summary>Sends input whose place is told.</summary>
    /// <param name="offset">The offset of the first byte.</param>
    /// <param name="data">The bytes.</param>
    /// <param name="cancellationToken">Ends the wait; a message that is half sent ends the connection.</param>
    /// <returns>False when the connection is over.</returns>
    public async ValueTask<bool> SendStdinAsync(long offset, ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        var mask = NewMaskKey();
        var length = ChannelWriter.PrefixLength(data.Length, masked: true, withOffset: true) + data.Length;
        var frame = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var at = _messages.WritePrefix(frame, StdioChannel.Stdin, data.Length, mask, offset);
            data.Span.CopyTo(frame.AsSpan(at));
            WebSocketFrameWriter.Mask(frame.AsSpan(at, data.Length), mask, position: 1 + sizeof(long));
            return await WriteAsync(frame.AsMemory(0, length), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(frame);
        }
    }

    /// <summary>Cuts the connection without a word: the session goes on by another one.</summary>
    public void Abandon() => GiveUp("it goes on by another one");

    /// <inheritdoc/>
    public async ValueTask<bool> CloseStdinAsync(CancellationToken cancellationToken = default) =>
        await SendMessageAsync(StdioChannel.Close, new[] { (byte)StdioChannel.Stdin }, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<bool> ResizeAsync(WindowSize size, CancellationToken cancellationToken = default)
    {
        var message = new byte[ResizeWriter.MaxLength];
        var length = ResizeWriter.Write(message, size);
        return await SendMessageAsync(StdioChannel.Resize, message.AsMemory(0, length), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DetachAsync()
    {
        if (Interlocked.Exchange(ref _detaching, 1) != 0)
        {
            return;
        }

        // One timer for both: the close frame may have to wait behind input, and its answer behind output.
        _leaving = _options.Clock.CreateTimer(
            _ => GiveUp("the gateway did not answer the close in time"), null, _options.CloseTimeout, Timeout.InfiniteTimeSpan);
        await SendControlAsync(new(WebSocketOpcode.Close, CloseBody(WebSocketCloseCode.Normal)));
    }

    private static byte[] CloseBody(ushort code)
    {
        var body = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(body, code);
        return body;
    }

    private static uint NewMaskKey()
    {
        Span<byte> key = stackalloc byte[sizeof(uint)];
        RandomNumberGenerator.Fill(key);
        return BinaryPrimitives.ReadUInt32BigEndian(key);
    }

    private async ValueTask<bool> SendMessageAsync(
        StdioChannel channel, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var frame = ArrayPool<byte>.Shared.Rent(_messages.MessageLength(payload.Length, masked: true));
        try
        {
            var length = _messages.WriteMessage(frame, channel, payload.Span, NewMaskKey());
            return await WriteAsync(frame.AsMemory(0, length), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(frame);
        }
    }

    private async ValueTask<bool> SendControlAsync(Control control)
    {
        var frame = new byte[WebSocketFrameWriter.MaxControlFrameLength];
        var length = WebSocketFrameWriter.WriteControl(frame, control.Opcode, control.Payload, NewMaskKey());
        return await WriteAsync(frame.AsMemory(0, length), CancellationToken.None);
    }

    private async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await _stream.WriteAsync(frame, cancellationToken);
            return true;
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException)
        {
            // What the gateway said before is still there to be read, and the reader tells the end.
            return false;
        }
        catch (OperationCanceledException)
        {
            GiveUp("sending was given up half-way");
            throw;
        }
        finally
        {
            _writing.Release();
        }
    }
}
