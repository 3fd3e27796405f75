using System.Buffers;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Gateway.Streaming.WebSocket;

/// <summary>
/// Bytes inside WebSocket messages as a stream: the edges of messages mean nothing. Pings are answered while it is read. A close frame is the
/// stream's end; disposing it sends one.
/// </summary>
/// <param name="input">What the client sends. A read of no bytes waits until there are some.</param>
/// <param name="output">What goes to the client.</param>
internal sealed class TunnelStream(Stream input, WebSocketOutput output) : Stream
{
    private const int BufferLength = 64 * 1024;

    private readonly WebSocketFrameReader _frames = new(WebSocketRole.Server);
    private byte[]? _buffer;
    private Memory<byte> _received;
    private Memory<byte> _payload;
    private (ushort Code, string Reason) _farewell = (WebSocketCloseCode.Normal, "");
    private bool _ended;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            while (_payload.IsEmpty && !_ended)
            {
                if (!TryTakeFrame())
                {
                    await ReceiveAsync(cancellationToken);
                }
            }
        }
        catch (WebSocketProtocolException fault)
        {
            _farewell = (fault.CloseCode, fault.Message);
            throw new IOException(fault.Message, fault);
        }

        var count = Math.Min(buffer.Length, _payload.Length);
        _payload[..count].CopyTo(buffer);
        _payload = _payload[count..];
        return count;
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        buffer.IsEmpty ? ValueTask.CompletedTask : output.WriteAsync(buffer);

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        try
        {
            await output.CloseAsync(_farewell.Code, _farewell.Reason);
        }
        catch (IOException)
        {
            // It has gone before.
        }

        await output.DisposeAsync();
        await base.DisposeAsync();
    }

    private bool TryTakeFrame()
    {
        if (!_frames.TryRead(ref _received, out var piece))
        {
            return false;
        }

        if (piece.Opcode == WebSocketOpcode.Close)
        {
            _ended = true;
            Return();
        }
        else if (piece.Opcode == WebSocketOpcode.Ping)
        {
            output.PostPong(piece.Payload.Span);
        }
        else if (!piece.IsControl)
        {
            _payload = piece.Payload;
        }

        return true;
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        if (_received.IsEmpty)
        {
            // Nothing begun: wait without memory.
            Return();
            _ = await input.ReadAsync(Memory<byte>.Empty, cancellationToken);
        }

        _buffer ??= ArrayPool<byte>.Shared.Rent(BufferLength);
        _received.CopyTo(_buffer);
        var kept = _received.Length;
        _received = default;
        var count = await input.ReadAsync(_buffer.AsMemory(kept), cancellationToken);
        _received = _buffer.AsMemory(0, kept + count);
        if (count == 0)
        {
            _ended = true;
            Return();
        }
    }

    private void Return()
    {
        if (_buffer is { } buffer)
        {
            (_buffer, _received, _payload) = (null, default, default);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
