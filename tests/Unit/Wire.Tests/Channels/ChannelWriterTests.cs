using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;
using CsCheck;

namespace CriAttach.Wire.Tests.Channels;

public sealed class ChannelWriterTests
{
    [Theory]
    [InlineData("v5.channel.k8s.io", StdioChannel.Stdout, "820101")]
    [InlineData("v4.channel.k8s.io", StdioChannel.Stderr, "820102")]
    [InlineData("", StdioChannel.Status, "820103")]
    [InlineData("v4.base64.channel.k8s.io", StdioChannel.Stdout, "810131")]
    public void Case17_FirstMessage_IsTheChannelAlone(string name, StdioChannel channel, string expected) =>
        Assert.Equal(expected, Convert.ToHexString(Write(name, channel, [])));

    [Fact]
    public void Base64Message_IsOneTextFrame() =>
        Assert.Equal(
            [0x81, 5, .. "1YWJj"u8], Write("base64.channel.k8s.io", StdioChannel.Stdout, "abc"u8.ToArray()));

    [Fact]
    public void CloseSignal_IsTwoBytes()
    {
        var frame = new byte[16];
        var written = new ChannelWriter(StreamProtocol.V5).WriteCloseSignal(frame, StdioChannel.Stdin, maskKey: 0);
        Assert.Equal("828200000000FF00", Convert.ToHexString(frame, 0, written));
    }

    [Fact]
    public void CloseSignalBelowV5_Throws() => Assert.Throws<InvalidOperationException>(
        () => new ChannelWriter(StreamProtocol.V4).WriteCloseSignal(new byte[16], StdioChannel.Stdin, 0));

    [Fact]
    public void PrefixOfBase64_Throws() => Assert.Throws<InvalidOperationException>(
        () => new ChannelWriter(StreamProtocol.V4Base64).WritePrefix(new byte[16], StdioChannel.Stdout, 1));

    [Theory]
    [InlineData(0)]
    [InlineData(124)]
    [InlineData(125)]
    [InlineData(65534)]
    [InlineData(65535)]
    public void Prefix_HasTheLengthThatWasSaid(int payload)
    {
        var prefix = new byte[ChannelWriter.MaxPrefixLength];
        var writer = new ChannelWriter(StreamProtocol.V5);
        Assert.Equal(ChannelWriter.PrefixLength(payload), writer.WritePrefix(prefix, StdioChannel.Stdout, payload));
        Assert.Equal(
            ChannelWriter.PrefixLength(payload, masked: true),
            writer.WritePrefix(prefix, StdioChannel.Stdout, payload, maskKey: 1));
    }

    [Fact]
    public void WritingAPrefix_AllocatesNothing()
    {
        var writer = new ChannelWriter(StreamProtocol.V5);
        var prefix = new byte[ChannelWriter.MaxPrefixLength];
        writer.WritePrefix(prefix, StdioChannel.Stdout, 32768);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            writer.WritePrefix(prefix, StdioChannel.Stdout, 32768);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void AnyMessage_IsReadBackByTheOtherEnd() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[0, StreamProtocol.Named.Count - 1], Gen.UInt, Gen.Bool)
            .Sample((payload, index, key, fromClient) =>
            {
                var protocol = StreamProtocol.Named[index];
                var channel = fromClient ? StdioChannel.Stdin : StdioChannel.Stderr;
                var reads = fromClient ? WebSocketRole.Server : WebSocketRole.Client;
                Memory<byte> wire = Write(protocol.Name, channel, payload, fromClient ? key : null);
                var read = new WebSocketFrameReader(reads).TryRead(ref wire, out var frame);
                var piece = new ChannelReader(protocol, reads).Read(frame);
                return read && wire.IsEmpty && piece.Channel == channel && piece.Payload.Span.SequenceEqual(payload);
            });

    private static byte[] Write(string name, StdioChannel channel, byte[] payload, uint? key = null)
    {
        Assert.True(StreamProtocol.TryParse(name, out var protocol));
        var writer = new ChannelWriter(protocol);
        var frame = new byte[writer.MessageLength(payload.Length, key is not null)];
        Assert.Equal(frame.Length, writer.WriteMessage(frame, channel, payload, key));
        return frame;
    }
}
