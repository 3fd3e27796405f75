using System.Buffers;
using System.Security.Cryptography;
using CriAttach.Wire.Spdy;

namespace CriAttach.Wire.Tests.Spdy;

public sealed class SpdyHeaderReaderTests
{
    private const string First = "78f9e3c6a7c202a62346703a2b294a4dcc851625aca9a08006000000ffff"; // streamtype: error
    private const string Second = "c22e555c02cc2e00000000ffff"; // streamtype: stdin

    private readonly SpdyHeaderReader _reader = new(SpdyLimits.Default);

    [Fact]
    public void Dictionary_IsTheOneOfTheDraft() => Assert.Equal(
        "51d27341373f923f3cd88e1eb7162aeaa3723d7585ff2399201dc06498407f02",
        Convert.ToHexStringLower(SHA256.HashData(SpdyDictionary.Bytes)));

    [Fact]
    public void WorkedBlocks_AreOneStream()
    {
        string[] blocks = [First, Second, "c22a054ce729f9a52500000000ffff", "c229073414000000ffff"];
        Assert.Equal(
            ["error", "stdin", "stdout", "stderr"],
            blocks.Select(block => _reader.Read(Convert.FromHexString(block))["streamType"]));
    }

    [Theory]
    [InlineData(First, "0000000000")] // corrupt
    [InlineData(First, "c22e555c02cc2e00000000ff")] // cut short
    [InlineData(First, "c22e555c02cc2e")] // no flush
    [InlineData(First, Second + "00")] // a byte too many
    [InlineData(First, Second + "000000ffff00")]
    [InlineData(First, "c32e555c02cc2e00000000ffff")] // the last of its zlib stream
    [InlineData(First, First)] // a stream of its own
    [InlineData(First, "")]
    public void Case40_BrokenSecondBlock_Faults(string first, string second)
    {
        _reader.Read(Convert.FromHexString(first));
        Assert.Throws<SpdyProtocolException>(() => _reader.Read(Convert.FromHexString(second)));
    }

    [Theory]
    [InlineData("78f9e3c6a7c302a62346703a2b294a4dcc851625aca9a08006000000ffff")] // another dictionary
    [InlineData("78f8e3c6a7c202a62346703a2b294a4dcc851625aca9a08006000000ffff")] // FLG of a wrong sum
    [InlineData("77f9e3c6a7c202a62346703a2b294a4dcc851625aca9a08006000000ffff")] // not deflate
    [InlineData("78f9e3c6")]
    [InlineData(Second)]
    [InlineData("")]
    public void Case40_BrokenBeginning_Faults(string block) =>
        Assert.Throws<SpdyProtocolException>(() => _reader.Read(Convert.FromHexString(block)));

    [Fact]
    public void Case40_NoDictionary_IsAccepted() =>
        Assert.Empty(_reader.Read(Convert.FromHexString("789c000400fbff00000000")).Fields);

    [Theory]
    [InlineData("00000000 00")] // a byte behind the headers
    [InlineData("00000001 00000001 61")] // a value that is missing
    [InlineData("00000001 00000001 61 00000002 62")]
    [InlineData("00000001 ffffffff 61 00000000")]
    [InlineData("ffffffff")]
    [InlineData("000003e9")] // 1001 headers
    [InlineData("000000")]
    public void Case41_BlockThatLiesAboutItsHeaders_Faults(string hex)
    {
        var content = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        Assert.Throws<SpdyProtocolException>(() => _reader.Read(Stored(content)));
    }

    [Theory]
    [InlineData(16 * 1024, true)]
    [InlineData((16 * 1024) + 1, false)]
    public void Case41_InflatedLength_IsLimited(int length, bool accepted)
    {
        var block = Zlib([0, 0, 0, 1, 0, 0, 0, 0, 0, 0, (byte)((length - 12) >> 8), (byte)(length - 12), .. new byte[length - 12]]);
        Assert.True(block.Length < 100, "it is a small bomb");
        if (accepted)
        {
            Assert.Equal(length - 12, _reader.Read(block).Fields.Single().Value.Length);
        }
        else
        {
            Assert.Throws<SpdyProtocolException>(() => _reader.Read(block));
        }
    }

    [Fact]
    public void Case41_Bomb_OfOneGiB_IsRefusedInFixedMemory()
    {
        // A block of 16 MiB as zlib makes it of zeros: nearly the whole frame would have to be read to know its length.
        using var output = new MemoryStream();
        using (var zlib = new System.IO.Compression.ZLibStream(output, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 1024; i++)
            {
                zlib.Write(zeros);
            }
        }

        var bomb = output.ToArray();
        var reader = new SpdyHeaderReader(SpdyLimits.Default with { ControlPayload = SpdyLimits.MaxPayload });
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<SpdyProtocolException>(() => reader.Read(bomb));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 128 * 1024);
    }

    [Fact]
    public void ManyBlocks_SlideTheWindow()
    {
        var writer = new SpdyFrameWriter();
        var value = new string('v', 9000);
        for (var i = 0; i < 20; i++)
        {
            var headers = new SpdyHeaders(new KeyValuePair<string, string>("n", value + i));
            var output = new ArrayBufferWriter<byte>();
            writer.SynReply(output, 1, SpdyFlags.None, headers);
            Assert.Equal(headers.Fields, _reader.Read(output.WrittenSpan[12..]).Fields);
        }
    }

    private static byte[] Stored(byte[] content) =>
        [0x78, 0xBB, 0xE3, 0xC6, 0xA7, 0xC2, 0, (byte)content.Length, 0, (byte)~content.Length, 0xFF, .. content];

    private static byte[] Zlib(byte[] content) => [.. Fuzz.Oracles.InflateOracle.Deflate([content])[0]];
}
