using System.IO.Pipelines;
using System.Text;
using CriAttach.Gateway.Streaming.WebSocket;
using CriAttach.Testing.Attach;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Gateway.Tests.Streaming.WebSocket;

public sealed class TunnelStreamTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Pipe _fromClient = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly Pipe _toClient = new();
    private readonly TunnelStream _tunnel;

    public TunnelStreamTests() =>
        _tunnel = new TunnelStream(new ZeroReadStream(_fromClient.Reader), new WebSocketOutput(_toClient.Writer, StreamProtocol.None));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task Messages_InAnyPiecesAndFragments_AreOneStream(int step)
    {
        byte[] wire =
        [
            .. RawWebSocket.Frame(WebSocketOpcode.Binary, "abc"u8),
            .. RawWebSocket.Frame(WebSocketOpcode.Ping, "p"u8),
            .. RawWebSocket.Frame(WebSocketOpcode.Binary, "de"u8, final: false),
            .. RawWebSocket.Frame(WebSocketOpcode.Continuation, "f"u8),
            .. RawWebSocket.Frame(WebSocketOpcode.Binary, []),
            .. RawWebSocket.Frame(WebSocketOpcode.Close, []),
            .. RawWebSocket.Frame(WebSocketOpcode.Binary, "behind the end"u8),
        ];
        var reading = new StreamReader(_tunnel, Encoding.ASCII, leaveOpen: true).ReadToEndAsync();
        foreach (var piece in wire.Chunk(step))
        {
            await _fromClient.Writer.WriteAsync(piece);
        }

        Assert.Equal("abcdef", await reading.WaitAsync(Patience));
        await TakeAsync("8A0170");
    }

    [Fact]
    public async Task Writes_AreBinaryMessages_DisposalIsACloseFrame()
    {
        await _tunnel.WriteAsync("xy"u8.ToArray());
        await _tunnel.WriteAsync(ReadOnlyMemory<byte>.Empty);
        await _tunnel.DisposeAsync();
        await TakeAsync("82027879 880203E8");
    }

    [Fact]
    public async Task UnmaskedFrame_IsAFaultAndTheCloseFrameSaysSo()
    {
        await _fromClient.Writer.WriteAsync(RawWebSocket.Frame(WebSocketOpcode.Binary, "a"u8, masked: false));
        await Assert.ThrowsAsync<IOException>(async () => await _tunnel.ReadAsync(new byte[8]).AsTask().WaitAsync(Patience));
        await _tunnel.DisposeAsync();
        var frame = (await _toClient.Reader.ReadAsync().AsTask().WaitAsync(Patience)).Buffer.FirstSpan.ToArray();
        Assert.Equal([0x88, 0x03, 0xEA], [frame[0], frame[2], frame[3]]);
    }

    private async Task TakeAsync(string hex)
    {
        var expected = hex.Replace(" ", "", StringComparison.Ordinal);
        var result = await _toClient.Reader.ReadAtLeastAsync(expected.Length / 2).AsTask().WaitAsync(Patience);
        Assert.Equal(expected, Convert.ToHexString(System.Buffers.BuffersExtensions.ToArray(result.Buffer)));
    }
}
