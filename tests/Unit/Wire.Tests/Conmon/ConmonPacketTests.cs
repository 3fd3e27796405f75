using CriAttach.Wire.Conmon;
using CsCheck;

namespace CriAttach.Wire.Tests.Conmon;

public sealed class ConmonPacketTests
{
    [Fact]
    public void Case50_PacketOf8193Bytes_IsParsed()
    {
        var bytes = new byte[ConmonPacket.MaxLength];
        bytes[0] = 3;
        bytes[^1] = 9;
        var packet = ConmonPacket.Parse(bytes);
        Assert.Equal((ConmonPipe.Stderr, 8192), (packet.Pipe, packet.Payload.Length));
        Assert.Equal(9, packet.Payload.Span[^1]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("02")]
    [InlineData("0141")]
    [InlineData("0041")]
    [InlineData("0441")]
    public void UnknownPacket_Throws(string packet) =>
        Assert.Throws<ConmonProtocolException>(() => ConmonPacket.Parse(Convert.FromHexString(packet)));

    [Fact]
    public void PacketOf8194Bytes_Throws()
    {
        var bytes = new byte[ConmonPacket.MaxLength + 1];
        bytes[0] = 2;
        Assert.Throws<ConmonProtocolException>(() => ConmonPacket.Parse(bytes));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8193)]
    public void PayloadOutOfRange_IsNotWritten(int length) => Assert.Throws<ArgumentOutOfRangeException>(
        () => ConmonPacket.Write(new byte[10000], ConmonPipe.Stdout, new byte[length]));

    [Fact]
    public void AnyPacket_IsReadBack() =>
        Gen.Select(Gen.Byte.Array[1, 8192], Gen.Bool).Sample((payload, isError) =>
        {
            var pipe = isError ? ConmonPipe.Stderr : ConmonPipe.Stdout;
            var bytes = new byte[payload.Length + 1];
            var written = ConmonPacket.Write(bytes, pipe, payload);
            var packet = ConmonPacket.Parse(bytes);
            return written == bytes.Length && packet.Pipe == pipe && packet.Payload.Span.SequenceEqual(payload);
        });
}
