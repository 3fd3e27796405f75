using System.Text;
using CriAttach.Fuzz;
using CriAttach.Fuzz.Oracles;
using CriAttach.Fuzz.Targets;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;
using CsCheck;

namespace CriAttach.Wire.Tests.Channels;

public sealed class ChannelReaderTests
{
    private static readonly int[] Cuts = [Fragments.Whole, Fragments.ByteByByte, 5, 9];

    [Theory]
    [InlineData(WebSocketOpcode.Binary)]
    [InlineData(WebSocketOpcode.Text)]
    public void Case18_StdinAsAnyOpcode_ReachesStdin(WebSocketOpcode opcode)
    {
        var piece = Read(StreamProtocol.V4, opcode, "\0abc"u8);
        Assert.Equal((ChannelPieceKind.Data, StdioChannel.Stdin), (piece.Kind, piece.Channel));
        Assert.Equal("abc"u8, piece.Payload.Span);
        Assert.True(piece.EndsMessage);
    }

    [Theory]
    [InlineData("0YWJj", "data 0 616263")]
    [InlineData("0YWJjZA==", "data 0 61626364")]
    [InlineData("0", "data 0 ")]
    [InlineData("4e30=", "data 4 7B7D")]
    [InlineData("0YWJ=", "data 0 6162")] // spare bits that are not zero, as Go takes them
    [InlineData("0!!!!", "malformed 0")]
    [InlineData("0YWJjZA", "malformed 0")]
    [InlineData("0YWJjZA==YWJj", "malformed 0")]
    [InlineData("9YWJj", null)]
    [InlineData("1YWJj", null)]
    [InlineData("/YWJj", null)]
    public void Case19_Base64Message_IsDecodedOrDropped(string message, string? expected) =>
        AssertTrace(StreamProtocol.V4Base64, [Encoding.ASCII.GetBytes(message)], expected);

    [Fact]
    public void Case19_AfterABadMessage_TheSessionLives() =>
        AssertTrace(StreamProtocol.Base64Channel, ["0!!!!"u8.ToArray(), "0YWJj"u8.ToArray()], "malformed 0", "data 0 616263");

    [Theory]
    [InlineData("0741")]
    [InlineData("0141")]
    [InlineData("0241")]
    [InlineData("0341")]
    [InlineData("")]
    public void Case20_UnknownChannelOrWrongWayOrEmpty_Ignored(string message) =>
        AssertTrace(StreamProtocol.V5, [Convert.FromHexString(message), [0, 0x42]], "data 0 42");

    [Theory]
    [InlineData("FF00", "close 0")]
    [InlineData("FF04", "close 4")]
    [InlineData("FF", "fault 1000")]
    [InlineData("FF0000", "fault 1000")]
    [InlineData("FF05", "fault 1000")]
    [InlineData("FFFF", "fault 1000")]
    public void Case21_CloseSignalOfV5_ClosesOrFaults(string message, string expected) =>
        AssertTrace(StreamProtocol.V5, [Convert.FromHexString(message)], expected);

    [Fact]
    public void Case21_CloseSignalTwice_IsToldTwice() =>
        AssertTrace(StreamProtocol.V5, [[0xFF, 0], [0xFF, 0]], "close 0", "close 0");

    [Fact]
    public void Case21_CloseSignalBelowV5_Ignored()
    {
        foreach (var protocol in StreamProtocol.Named.Where(protocol => protocol != StreamProtocol.V5))
        {
            AssertTrace(protocol, [[0xFF, 0], [0xFF], [0xFF, 0, 0]], expected: null);
        }
    }

    [Fact]
    public void Case22_FragmentsWithOwnChannelByte_BothReachStdin()
    {
        var reader = new WebSocketFrameReader(WebSocketRole.Server);
        var channels = new ChannelReader(StreamProtocol.V4);
        Memory<byte> wire = Convert.FromHexString("028300000000004142" + "808300000000004344");
        var stdin = new List<byte>();
        while (reader.TryRead(ref wire, out var piece))
        {
            var part = channels.Read(piece);
            Assert.Equal(StdioChannel.Stdin, part.Channel);
            stdin.AddRange(part.Payload.Span);
        }

        Assert.Equal("ABCD"u8.ToArray(), stdin);
    }

    [Fact]
    public void ChannelByteAlone_IsDataWithoutPayload()
    {
        var reader = new ChannelReader(StreamProtocol.V5);
        var first = reader.Read(new WebSocketPiece(WebSocketOpcode.Binary, true, true, false, 3, new byte[] { 0 }));
        Assert.Equal((ChannelPieceKind.Data, true, false), (first.Kind, first.Payload.IsEmpty, first.EndsMessage));
        var second = reader.Read(new WebSocketPiece(WebSocketOpcode.Binary, true, false, true, 3, "ab"u8.ToArray()));
        Assert.Equal((ChannelPieceKind.Data, StdioChannel.Stdin, true), (second.Kind, second.Channel, second.EndsMessage));
        Assert.Equal("ab"u8, second.Payload.Span);
    }

    [Fact]
    public void RawPayload_IsASliceOfTheFrame()
    {
        byte[] frame = [0, 1, 2];
        var piece = new ChannelReader(StreamProtocol.V5)
            .Read(new WebSocketPiece(WebSocketOpcode.Binary, true, true, true, 3, frame));
        Assert.True(piece.Payload.Equals(frame.AsMemory(1)));
    }

    [Fact]
    public void Client_TakesOutputAndStatus()
    {
        byte[][] messages = [[1], [1, 0x61], [2, 0x62], [3, 0x63], [0, 0x64], [4, 0x65], [255, 0]];
        var trace = ChannelMessageTarget.Read(messages, StreamProtocol.V5, WebSocketRole.Client, 100, Fragments.Whole);
        Assert.Equal(["data 1 ", "data 1 61", "data 2 62", "data 3 63"], trace.Lines);
    }

    [Fact]
    public void Base64OverTheLimit_FaultsAtItsFirstByte()
    {
        var reader = new ChannelReader(StreamProtocol.V4Base64);
        var fault = Assert.Throws<ChannelFaultException>(() => reader.Read(new WebSocketPiece(
            WebSocketOpcode.Text, true, true, false, ChannelReader.DefaultMaxBase64Message + 1, "0"u8.ToArray())));
        Assert.Equal(WebSocketCloseCode.MessageTooBig, fault.CloseCode);
    }

    [Fact]
    public void Base64PromisedButNotSent_BuysLittle()
    {
        var reader = new ChannelReader(StreamProtocol.V4Base64);
        byte[] start = "0YWJj"u8.ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        reader.Read(new WebSocketPiece(
            WebSocketOpcode.Text, true, true, false, ChannelReader.DefaultMaxBase64Message, start));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8192);
    }

    [Fact]
    public void ControlFrame_Throws() => Assert.Throws<ArgumentException>(
        () => new ChannelReader(StreamProtocol.V5).Read(
            new WebSocketPiece(WebSocketOpcode.Ping, true, true, true, 0, default)));

    [Fact]
    public void AnyMessages_InAnyFragments_ReadAsTheOracleSays() =>
        Gen.Select(
                Gen.Select(Gen.Int[0, 6], Gen.Byte.Array[0, 40]).List[0, 6],
                Gen.Int[0, StreamProtocol.Named.Count - 1],
                Gen.Bool,
                Gen.Int[0, 1000])
            .Sample((parts, index, server, cut) =>
            {
                var protocol = StreamProtocol.Named[index];
                var messages = parts.ConvertAll(part => protocol.IsBase64 && part.Item2.Length % 5 != 0
                    ? Encoding.ASCII.GetBytes($"{part.Item1}{Convert.ToBase64String(part.Item2)}")
                    : [(byte)(part.Item1 == 6 ? 255 : part.Item1), .. part.Item2]);
                var role = server ? WebSocketRole.Server : WebSocketRole.Client;
                Trace.Same(
                    ChannelOracle.Read(messages, protocol, role, maxBase64Message: 50),
                    ChannelMessageTarget.Read(messages, protocol, role, maxBase64Message: 50, cut));
            });

    private static ChannelPiece Read(StreamProtocol protocol, WebSocketOpcode opcode, ReadOnlySpan<byte> message) =>
        new ChannelReader(protocol).Read(
            new WebSocketPiece(opcode, true, true, true, message.Length, message.ToArray()));

    private static void AssertTrace(StreamProtocol protocol, byte[][] messages, params string?[]? expected)
    {
        foreach (var cut in Cuts)
        {
            var copies = messages.Select(message => message.ToArray());
            var trace = ChannelMessageTarget.Read(copies, protocol, WebSocketRole.Server, 1000, cut);
            Assert.Equal((expected ?? []).OfType<string>(), trace.Lines);
        }
    }
}
