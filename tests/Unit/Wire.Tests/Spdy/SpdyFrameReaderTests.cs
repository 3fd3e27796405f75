using System.Buffers;
using CriAttach.Fuzz;
using CriAttach.Fuzz.Oracles;
using CriAttach.Fuzz.Targets;
using CriAttach.Wire.Spdy;
using CsCheck;

namespace CriAttach.Wire.Tests.Spdy;

public sealed class SpdyFrameReaderTests
{
    [Theory]
    [InlineData(Fragments.Whole)]
    [InlineData(Fragments.ByteByByte)]
    [InlineData(11)]
    public void WorkedBytes_AreUnderstood(int cut)
    {
        var wire = Hex(
            "80030001 00000017 00000003 00000000 0000 c22e555c02cc2e00000000ffff 80030002 0000000d 00000003 000400fbff00000000"
            + "00000003 01000000 80030006 00000004 00000001 80030003 00000008 00000005 00000005 80030007 00000008 00000007 00000000"
            + "00000005 00000003 616263");
        Assert.Equal(
            [
                "SynStream 0 3 0 whole C22E555C02CC2E00000000FFFF", "SynReply 0 3 0 whole 000400FBFF00000000", "Data 1 3 0 whole ",
                "Ping 0 0 1 whole ", "RstStream 0 5 5 whole ", "GoAway 0 7 0 whole ", "Data 0 5 0 whole 616263",
            ],
            SpdyFrameTarget.Read(wire, SpdyLimits.Default, cut).Lines);
    }

    [Theory]
    [InlineData("80030005 00000000")] // NOOP
    [InlineData("8003000a 00000000")] // CREDENTIAL
    [InlineData("80030000 00000000")]
    [InlineData("80020006 00000004")] // SPDY/2
    [InlineData("80030006 00000005")]
    [InlineData("80030006 01000004")]
    [InlineData("80030006 00000004 00000000")]
    [InlineData("80030003 00000007")]
    [InlineData("80030003 00000008 00000001 00000000")]
    [InlineData("80030003 00000008 00000000 00000001")]
    [InlineData("80030007 00000004")]
    [InlineData("80030007 01000008")]
    [InlineData("80030009 00000004")]
    [InlineData("80030001 00000009")]
    [InlineData("80030001 0000000a 80000000 00000000 0000")] // stream 0 behind a reserved bit
    [InlineData("80030002 00000003")]
    [InlineData("80030004 00000005")]
    [InlineData("80030004 0000000c 80000000 0000000000000000")]
    [InlineData("80030001 00004001")] // over the limit: told before its bytes come
    [InlineData("80030001 00ffffff")]
    [InlineData("00000000 00000000")]
    public void Case39_BrokenFrame_Faults(string hex) =>
        Assert.Equal(["fault"], SpdyFrameTarget.Read(Hex(hex), SpdyLimits.Default, Fragments.Whole).Lines);

    [Fact]
    public void ControlFrameAtTheLimit_ComesWhole()
    {
        byte[] wire = [.. Hex("80030002 00004000 00000001"), .. new byte[0x3FFC]];
        var trace = SpdyFrameTarget.Read(wire, SpdyLimits.Default, 9);
        Assert.Equal($"SynReply 0 1 0 whole {new string('0', 2 * 0x3FFC)}", trace.Lines.Single());
    }

    [Fact]
    public void Case47_LongestData_TakesNoMoreBufferThanItsPieces()
    {
        ReadOnlyMemory<byte> input = Hex("00000003 01ffffff");
        var reader = new SpdyFrameReader(SpdyLimits.Default);
        Assert.False(reader.TryRead(ref input, out _));
        Assert.True(input.IsEmpty && reader.InFrame);
        long got = 0;
        var buffer = new byte[65536];
        while (reader.InFrame)
        {
            input = buffer.AsMemory(0, (int)Math.Min(buffer.Length, SpdyLimits.MaxPayload - got));
            Assert.True(reader.TryRead(ref input, out var piece));
            got += piece.Payload.Length;
            Assert.Equal(got == SpdyLimits.MaxPayload, piece.EndsStream);
        }

        Assert.Equal(SpdyLimits.MaxPayload, got);
    }

    [Fact]
    public void AnyBytes_AreReadAsTheOracleReadsThem() =>
        Gen.Select(Gen.Byte.Array[0, 400], Gen.Int[0, 1000]).Sample((wire, cut) =>
            Trace.Same(SpdyOracle.Read(wire, SpdyLimits.Default), SpdyFrameTarget.Read(wire, SpdyLimits.Default, cut)));

    [Fact]
    public void WhatIsWritten_IsRead() => Gen.Select(
        Gen.UInt[1, int.MaxValue],
        Gen.Byte.Array[0, 300],
        Gen.String[Gen.Char['\0', '\u00FF'], 0, 40].Array[0, 5],
        Gen.Int[0, 1000]).Sample((id, data, values, cut) =>
        {
            var headers = new SpdyHeaders(values.Select(value => KeyValuePair.Create("name", value)));
            var output = new ArrayBufferWriter<byte>();
            var writer = new SpdyFrameWriter();
            writer.SynStream(output, id, SpdyFlags.Fin, headers);
            writer.SynReply(output, id, SpdyFlags.None, headers);
            writer.Headers(output, id, SpdyFlags.None, SpdyHeaders.Empty);
            SpdyFrameWriter.DataHeader(output, id, SpdyFlags.None, data.Length);
            output.Write(data);
            var lines = SpdyFrameTarget.Read(output.WrittenSpan.ToArray(), SpdyLimits.Default, cut).Lines;
            var reader = new SpdyHeaderReader(SpdyLimits.Default);
            foreach (var (line, start) in lines.Zip([$"SynStream 1 {id} 0 whole ", $"SynReply 0 {id} 0 whole "]))
            {
                Assert.StartsWith(start, line, StringComparison.Ordinal);
                Assert.Equal(headers.Fields, reader.Read(Convert.FromHexString(line[start.Length..])).Fields);
            }

            Assert.Equal([$"Headers 0 {id} 0 whole 000400FBFF00000000000000FFFF", $"Data 0 {id} 0 whole {Convert.ToHexString(data)}"], lines.Skip(2));
        });

    [Fact]
    public void Headers_BeyondLatin1OrTooLong_AreNotWritten()
    {
        var writer = new SpdyFrameWriter();
        var output = new ArrayBufferWriter<byte>();
        Assert.ThrowsAny<ArgumentException>(() => writer.SynStream(output, 1, 0, new SpdyHeaders(new KeyValuePair<string, string>("a", "\u20AC"))));
        Assert.ThrowsAny<ArgumentException>(() => writer.SynStream(output, 1, 0, new SpdyHeaders(new KeyValuePair<string, string>("a", new string('x', 65536)))));
        Assert.Equal(0, output.WrittenCount);
    }

    private static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
