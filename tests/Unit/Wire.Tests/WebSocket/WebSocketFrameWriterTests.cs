using CriAttach.Wire.WebSocket;
using CsCheck;

namespace CriAttach.Wire.Tests.WebSocket;

public sealed class WebSocketFrameWriterTests
{
    [Theory]
    [InlineData(0, "8200")]
    [InlineData(125, "827D")]
    [InlineData(126, "827E007E")]
    [InlineData(65535, "827EFFFF")]
    [InlineData(65536, "827F0000000000010000")]
    public void Header_TakesTheShortestLength(long length, string expected)
    {
        var header = new byte[WebSocketFrameWriter.MaxHeaderLength];
        var written = WebSocketFrameWriter.WriteHeader(header, WebSocketOpcode.Binary, length);
        Assert.Equal(expected, Convert.ToHexString(header, 0, written));
        Assert.Equal(written, WebSocketFrameWriter.HeaderLength(length));
        Assert.Equal(written + 4, WebSocketFrameWriter.HeaderLength(length, masked: true));
    }

    [Fact]
    public void HeaderWithKeyAndMoreToCome_HasTheKeyInWireOrder()
    {
        var header = new byte[WebSocketFrameWriter.MaxHeaderLength];
        var written = WebSocketFrameWriter.WriteHeader(header, WebSocketOpcode.Text, 5, final: false, 0x37FA213D);
        Assert.Equal("018537FA213D", Convert.ToHexString(header, 0, written));
    }

    [Fact]
    public void Mask_IsThatOfTheSpecification()
    {
        // RFC 6455 section 5.7: a masked "Hello".
        var payload = "Hello"u8.ToArray();
        WebSocketFrameWriter.Mask(payload, 0x37FA213D);
        Assert.Equal("7F9F4D5158", Convert.ToHexString(payload));
    }

    [Fact]
    public void Mask_InAnyParts_IsTheSlowOne() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.UInt, Gen.Int[0, 300], Gen.Int[0, 7])
            .Sample((payload, key, split, start) =>
            {
                byte[] wireKey = [(byte)(key >> 24), (byte)(key >> 16), (byte)(key >> 8), (byte)key];
                var expected = payload.Select((value, i) => (byte)(value ^ wireKey[(start + i) % 4])).ToArray();
                var at = Math.Min(split, payload.Length);
                WebSocketFrameWriter.Mask(payload.AsSpan(0, at), key, start);
                WebSocketFrameWriter.Mask(payload.AsSpan(at), key, start + at);
                return payload.AsSpan().SequenceEqual(expected);
            });

    [Theory]
    [InlineData(WebSocketCloseCode.Normal, "")]
    [InlineData(WebSocketCloseCode.InternalError, "the container is gone")]
    public void Close_IsReadBack(ushort code, string reason)
    {
        var frame = new byte[WebSocketFrameWriter.MaxControlFrameLength];
        var written = WebSocketFrameWriter.WriteClose(frame, code, reason);
        Memory<byte> input = frame.AsMemory(0, written);
        Assert.True(new WebSocketFrameReader(WebSocketRole.Client).TryRead(ref input, out var piece));
        WebSocketFrameWriter.ReadClose(piece.Payload.Span, out var readCode, out var readReason);
        Assert.Equal((code, reason), (readCode, readReason));
        Assert.Equal(WebSocketOpcode.Close, piece.Opcode);
    }

    [Fact]
    public void CloseReasonTooLong_IsCutAtACharactersEdge()
    {
        var frame = new byte[WebSocketFrameWriter.MaxControlFrameLength];
        var written = WebSocketFrameWriter.WriteClose(frame, WebSocketCloseCode.Normal, new string('\u20AC', 100), 0);
        WebSocketFrameWriter.ReadClose(frame.AsSpan(6, written - 6), out _, out var reason);
        Assert.Equal(new string('\u20AC', WebSocketFrameWriter.MaxCloseReasonLength / 3), reason);
    }

    [Fact]
    public void CloseWithoutPayload_ReadsAsNoneGiven()
    {
        WebSocketFrameWriter.ReadClose([], out var code, out var reason);
        Assert.Equal((1005, ""), (code, reason));
    }

    [Fact]
    public void ControlFrameOver125Bytes_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => WebSocketFrameWriter.WriteControl(new byte[200], WebSocketOpcode.Pong, new byte[126]));

    [Fact]
    public void WireEnum_IsOneByte() => Assert.Equal(typeof(byte), Enum.GetUnderlyingType(typeof(WebSocketOpcode)));
}
