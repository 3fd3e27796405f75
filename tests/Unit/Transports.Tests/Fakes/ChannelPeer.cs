using CriAttach.Transports.WebSocket;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Transports.Tests.Fakes;

/// <summary>A client's connection of channels under test, and its server, which is a test that writes and reads bytes.</summary>
internal sealed class ChannelPeer : IAsyncDisposable
{
    private readonly PipeStream _wire;
    private readonly WebSocketFrameReader _frames = new(WebSocketRole.Server);
    private Memory<byte> _received;

    public ChannelPeer(ChannelOptions? options = null, int capacity = 1 << 20, StreamProtocol? protocol = null)
    {
        (_wire, var other) = PipeStream.Pair(capacity);
        Connection = new ChannelConnection(other, protocol ?? StreamProtocol.Channel, options ?? new ChannelOptions());
    }

    public ChannelConnection Connection { get; }

    public async Task SendAsync(string hex) =>
        await _wire.WriteAsync(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))).AsTask().WaitAsync(RawPeer.Patience);

    /// <summary>What the connection under test reads next.</summary>
    public async Task<(StdioChannel Channel, string Bytes)> ReadAsync(int room = 1024)
    {
        var buffer = new byte[room];
        var (channel, count) = await Connection.ReadAsync(buffer, CancellationToken.None).AsTask().WaitAsync(RawPeer.Patience);
        return (channel, Convert.ToHexString(buffer, 0, count));
    }

    /// <summary>Takes the next frame that the connection sent, whole: what it is, its first byte, its length.</summary>
    public async Task<(WebSocketOpcode Opcode, string First, long Length)> TakeAsync()
    {
        var first = "";
        while (true)
        {
            while (_frames.TryRead(ref _received, out var piece))
            {
                first += piece.StartsFrame ? Convert.ToHexString(piece.Payload.Span[..1]) : "";
                if (piece.EndsFrame)
                {
                    return (piece.Opcode, first, piece.FramePayloadLength);
                }
            }

            var buffer = new byte[_received.Length + 512];
            _received.CopyTo(buffer);
            var count = await _wire.ReadAsync(buffer.AsMemory(_received.Length)).AsTask().WaitAsync(RawPeer.Patience);
            Assert.NotEqual(0, count);
            _received = buffer.AsMemory(0, _received.Length + count);
        }
    }

    /// <summary>Closes the server's side.</summary>
    public ValueTask HangUpAsync() => _wire.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        await _wire.DisposeAsync();
    }
}
