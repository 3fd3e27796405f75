using CriAttach.Fuzz;
using CriAttach.Fuzz.Oracles;
using CriAttach.Fuzz.Targets;
using CriAttach.Wire.WebSocket;
using CsCheck;

namespace CriAttach.Wire.Tests.WebSocket;

public sealed class WebSocketFrameReaderTests
{
    private const long Limit = WebSocketFrameReader.DefaultMaxFramePayload;

    [Theory]
    [InlineData(Fragments.Whole)]
    [InlineData(Fragments.ByteByByte)]
    [InlineData(17)]
    public void Case22_FragmentsFinalZero_EachFrameComesAlone(int cut)
    {
        byte[] wire =
        [
            .. Frame(WebSocketOpcode.Binary, [0x00, 0x41, 0x42], final: false),
            .. Frame(WebSocketOpcode.Continuation, [0x00, 0x43, 0x44]),
        ];
        var trace = WebSocketFrameTarget.Read(wire, WebSocketRole.Server, Limit, cut);
        Assert.Equal(["Binary more whole 004142", "Continuation last whole 004344"], trace.Lines);
    }

    [Fact]
    public void Case23_FrameOf20MiB_PassesThroughA64KiBBuffer()
    {
        const int length = 20 * 1024 * 1024;
        const uint key = 0xA1B2C3D4;
        var buffer = new byte[64 * 1024];
        var used = WebSocketFrameWriter.WriteHeader(buffer, WebSocketOpcode.Binary, length, final: true, key);
        var reader = new WebSocketFrameReader(WebSocketRole.Server);
        var expected = Enumerable.Range(0, 251).Select(i => (byte)i).ToArray();
        long sent = 0, got = 0;
        while (got < length)
        {
            var room = (int)Math.Min(buffer.Length - used, length - sent);
            for (var i = 0; i < room; i++)
            {
                buffer[used + i] = expected[(sent + i) % expected.Length];
            }

            WebSocketFrameWriter.Mask(buffer.AsSpan(used, room), key, sent);
            sent += room;
            Memory<byte> input = buffer.AsMemory(0, used + room);
            while (reader.TryRead(ref input, out var piece))
            {
                Assert.Equal(length, piece.FramePayloadLength);
                Assert.Equal(got == 0, piece.StartsFrame);
                foreach (var value in piece.Payload.Span)
                {
                    if (value != expected[got++ % expected.Length])
                    {
                        Assert.Fail($"byte {got - 1} is wrong");
                    }
                }

                Assert.Equal(got == length, piece.EndsFrame);
            }

            Assert.True(input.IsEmpty);
            used = 0;
        }
    }

    [Theory]
    [InlineData("82FF0000000002000001", WebSocketCloseCode.MessageTooBig)] // 32 MiB and a byte
    [InlineData("82FF8000000000000001", WebSocketCloseCode.ProtocolError)] // the top bit of 64
    [InlineData("89FF8000000000000001", WebSocketCloseCode.ProtocolError)]
    public void Case23_LengthOverTheLimit_FaultsBeforeThePayload(string wire, int closeCode) =>
        AssertFault(Convert.FromHexString(wire), WebSocketRole.Server, closeCode);

    [Fact]
    public void Case23_LengthAtTheLimit_IsAccepted()
    {
        Memory<byte> input = Convert.FromHexString("82FF00000000020000000000000041");
        Assert.True(new WebSocketFrameReader(WebSocketRole.Server).TryRead(ref input, out var piece));
        Assert.Equal(Limit, piece.FramePayloadLength);
        Assert.Equal("A"u8, piece.Payload.Span);
    }

    [Theory]
    [InlineData("8100", WebSocketRole.Server)] // not masked
    [InlineData("818000000000", WebSocketRole.Client)] // masked
    [InlineData("838000000000", WebSocketRole.Server)] // opcode 3
    [InlineData("8F8000000000", WebSocketRole.Server)] // opcode 15
    [InlineData("C18000000000", WebSocketRole.Server)] // RSV1
    [InlineData("918000000000", WebSocketRole.Server)] // RSV3
    [InlineData("098000000000", WebSocketRole.Server)] // a fragment of a ping
    [InlineData("89FE007E00000000", WebSocketRole.Server)] // a ping of 126 bytes
    public void Case24_BrokenHeader_FaultsWithProtocolError(string wire, WebSocketRole role) =>
        AssertFault(Convert.FromHexString(wire), role, WebSocketCloseCode.ProtocolError);

    [Theory]
    [InlineData(Fragments.Whole)]
    [InlineData(Fragments.ByteByByte)]
    [InlineData(3)]
    public void Case25_PingOf125Bytes_ComesWholeBetweenFragments(int cut)
    {
        var ping = Enumerable.Range(0, 125).Select(i => (byte)i).ToArray();
        byte[] wire =
        [
            .. Frame(WebSocketOpcode.Binary, [0, 1], final: false),
            .. Frame(WebSocketOpcode.Ping, ping),
            .. Frame(WebSocketOpcode.Binary, [0, 2]),
        ];
        var trace = WebSocketFrameTarget.Read(wire, WebSocketRole.Server, Limit, cut);
        Assert.Equal($"Ping last whole {Convert.ToHexString(ping)}", trace.Lines[1]);
        Assert.Equal(3, trace.Lines.Count);
    }

    [Fact]
    public void ContinuationWithNothingToContinue_IsAFrame()
    {
        var trace = WebSocketFrameTarget.Read(
            Frame(WebSocketOpcode.Continuation, [0, 1]), WebSocketRole.Server, Limit, Fragments.Whole);
        Assert.Equal(["Continuation last whole 0001"], trace.Lines);
    }

    [Fact]
    public void EmptyFrame_HasOneEmptyPiece()
    {
        Memory<byte> input = Frame(WebSocketOpcode.Binary, []);
        Assert.True(new WebSocketFrameReader(WebSocketRole.Server).TryRead(ref input, out var piece));
        Assert.True(piece.StartsFrame && piece.EndsFrame && piece.Payload.IsEmpty && input.IsEmpty);
    }

    [Fact]
    public void IncompleteControlFrame_StaysInTheInput()
    {
        var frame = Frame(WebSocketOpcode.Ping, [1, 2, 3]);
        var reader = new WebSocketFrameReader(WebSocketRole.Server);
        Memory<byte> input = frame.AsMemory(0, frame.Length - 1);
        Assert.False(reader.TryRead(ref input, out _));
        Assert.Equal(frame.Length - 1, input.Length);
        input = frame;
        Assert.True(reader.TryRead(ref input, out var piece));
        Assert.Equal([1, 2, 3], piece.Payload.ToArray());
    }

    [Fact]
    public void Payload_IsASliceOfTheInput()
    {
        var frame = Frame(WebSocketOpcode.Binary, [7, 8, 9]);
        Memory<byte> input = frame;
        Assert.True(new WebSocketFrameReader(WebSocketRole.Server).TryRead(ref input, out var piece));
        Assert.True(piece.Payload.Equals(frame.AsMemory(frame.Length - 3)));
    }

    [Fact]
    public void Reading_AllocatesNothing()
    {
        var reader = new WebSocketFrameReader(WebSocketRole.Client);
        byte[] wire = [0x82, 3, 1, 2, 3, 0x8A, 0];
        Read(reader, wire);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Read(reader, wire);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        static void Read(WebSocketFrameReader reader, byte[] wire)
        {
            Memory<byte> input = wire;
            while (reader.TryRead(ref input, out _))
            {
            }
        }
    }

    [Fact]
    public void AnyFrames_InAnyFragments_ReadAsTheOracleSays() =>
        Gen.Select(
                Gen.Select(Gen.Byte, Gen.Byte, Gen.UInt, Gen.Byte.Array[0, 300]).List[0, 5],
                Gen.Bool,
                Gen.Int[0, 1000])
            .Sample((frames, server, cut) =>
            {
                var role = server ? WebSocketRole.Server : WebSocketRole.Client;
                var wire = new List<byte>();
                foreach (var (first, oddity, key, payload) in frames)
                {
                    // Mostly sound headers, now and then any byte at all.
                    WebSocketOpcode[] sound =
                    [
                        WebSocketOpcode.Continuation, WebSocketOpcode.Text, WebSocketOpcode.Binary, WebSocketOpcode.Ping,
                    ];
                    var opcode = oddity == 0 ? (WebSocketOpcode)first : sound[first % sound.Length];
                    wire.AddRange(Frame(opcode, payload, (first & 1) == 0, server ? key : null));
                }

                var expected = WebSocketOracle.Read([.. wire], role, maxFramePayload: 280);
                Trace.Same(expected, WebSocketFrameTarget.Read([.. wire], role, limit: 280, cut));
            });

    internal static byte[] Frame(
        WebSocketOpcode opcode, byte[] payload, bool final = true, uint? key = 0x12345678)
    {
        var frame = new byte[WebSocketFrameWriter.HeaderLength(payload.Length, key is not null) + payload.Length];
        var at = WebSocketFrameWriter.WriteHeader(frame, opcode, payload.Length, final, key);
        payload.CopyTo(frame, at);
        if (key is { } mask)
        {
            WebSocketFrameWriter.Mask(frame.AsSpan(at), mask);
        }

        return frame;
    }

    private static void AssertFault(byte[] wire, WebSocketRole role, int closeCode)
    {
        foreach (var cut in new[] { Fragments.Whole, Fragments.ByteByByte })
        {
            Assert.Equal([$"fault {closeCode}"], WebSocketFrameTarget.Read(wire, role, Limit, cut).Lines);
        }
    }
}
