using System.Net.Sockets;
using CriAttach.Testing.Attach;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Testing.PortForward;

/// <summary>The client's end of a stream inside WebSocket messages.</summary>
/// <param name="socket">The WebSocket; disposed with this.</param>
public sealed class TunnelClientStream(RawWebSocket socket) : Stream
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private Memory<byte> _rest;
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
        while (_rest.IsEmpty && !_ended)
        {
            var piece = await ReadPieceAsync().ConfigureAwait(false);
            _ended = piece is null or { Opcode: WebSocketOpcode.Close };
            _rest = piece is { IsControl: false } data ? data.Payload.ToArray() : default;
        }

        var count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        await socket.SendAsync(WebSocketOpcode.Binary, buffer.Span).ConfigureAwait(false);

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

    private async Task<WebSocketPiece?> ReadPieceAsync()
    {
        try
        {
            return await socket.ReadPieceAsync(patience: Patience).ConfigureAwait(false);
        }
        catch (SocketException fault)
        {
            throw new IOException("the tunnel's connection is gone", fault);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        socket.Dispose();
        base.Dispose(disposing);
    }
}
