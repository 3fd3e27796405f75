using System.Buffers;
using System.Text;
using CriAttach.Wire.Asciicast;
using CsCheck;

namespace CriAttach.Wire.Tests.Asciicast;

public sealed class AsciicastTests
{
    private readonly ArrayBufferWriter<byte> _file = new();
    private readonly AsciicastWriter _writer = new();

    private string Text => Encoding.UTF8.GetString(_file.WrittenSpan);

    [Fact]
    public void Header_IsThatOfVersion3()
    {
        AsciicastWriter.WriteHeader(_file, new AsciicastHeader { Columns = 132, Rows = 43, TerminalType = "xterm", Timestamp = 1504467315, Title = "a \"b\"" });
        Assert.Equal("{\"version\":3,\"term\":{\"cols\":132,\"rows\":43,\"type\":\"xterm\"},\"timestamp\":1504467315,\"title\":\"a \\\"b\\\"\"}\n", Text);
    }

    [Fact]
    public void Header_LeavesOutWhatIsNotKnown()
    {
        AsciicastWriter.WriteHeader(_file, new AsciicastHeader { Columns = 80, Rows = 24 });
        Assert.Equal("{\"version\":3,\"term\":{\"cols\":80,\"rows\":24}}\n", Text);
    }

    [Fact]
    public void Intervals_AreThoseSinceTheEventBefore()
    {
        _writer.Write(_file, TimeSpan.FromSeconds(1.5), AsciicastCode.Marker, "");
        _writer.Write(_file, TimeSpan.FromSeconds(63.500001), AsciicastCode.Resize, "90x30");
        _writer.Write(_file, TimeSpan.FromSeconds(2), AsciicastCode.Exit, "0");
        Assert.Equal("[1.500000,\"m\",\"\"]\n[62.000001,\"r\",\"90x30\"]\n[0.000000,\"x\",\"0\"]\n", Text);
    }

    [Fact]
    public void Intervals_DoNotDrift()
    {
        for (var i = 1; i <= 1000; i++)
        {
            _writer.Write(_file, TimeSpan.FromTicks(i * 15L), AsciicastCode.Marker, "");
        }

        Assert.Equal(0.0015, Events().Sum(one => one.Seconds), 9);
    }

    [Fact]
    public void ControlsAndSeparators_AreEscaped()
    {
        _writer.Write(_file, default, AsciicastCode.Output, "\0\b\t\n\r\u001b\"\\\x7f\u0085\u009f\u00a0\u2028\u2029é😀/<");
        Assert.Equal("[0.000000,\"o\",\"\\u0000\\u0008\\t\\n\\r\\u001b\\\"\\\\\\u007f\\u0085\\u009f\u00a0\\u2028\\u2029é😀/<\"]\n", Text);
    }

    [Fact]
    public void CharacterOverChunks_ComesWithItsEnd()
    {
        var stream = new AsciicastText();
        foreach (var one in "😀"u8.ToArray())
        {
            _writer.Write(_file, default, AsciicastCode.Output, stream, [one]);
        }

        Assert.Equal("[0.000000,\"o\",\"😀\"]\n", Text);
    }

    [Fact]
    public void TwoStreams_EachKeepTheirHalves()
    {
        var (stdout, stderr) = (new AsciicastText(), new AsciicastText());
        _writer.Write(_file, default, AsciicastCode.Output, stdout, [0xc3]);
        _writer.Write(_file, default, AsciicastCode.Output, stderr, [0xe2, 0x82]);
        _writer.Write(_file, default, AsciicastCode.Output, stdout, [0xa9]);
        _writer.Write(_file, default, AsciicastCode.Output, stderr, [0xac]);
        Assert.Equal(["é", "€"], Events().Select(one => one.Data));
    }

    [Fact]
    public void NoUtf8_IsReplaced()
    {
        var stream = new AsciicastText();
        _writer.Write(_file, default, AsciicastCode.Output, stream, [0xff, (byte)'a', 0xe2, 0x82]);
        _writer.Write(_file, default, AsciicastCode.Output, stream, [(byte)'b', 0xe2]);
        _writer.WriteRest(_file, default, AsciicastCode.Output, stream);
        _writer.WriteRest(_file, default, AsciicastCode.Output, stream);
        Assert.Equal(["\uFFFDa", "\uFFFDb", "\uFFFD"], Events().Select(one => one.Data));
    }

    [Fact]
    public void AnyBytesInAnyPieces_AreTheTextThatTheyAreAsAWhole() =>
        Gen.Select(Gen.OneOf(Gen.Byte.Array[0, 40], Gen.String[0, 20].Select(Encoding.UTF8.GetBytes), Gen.Byte[0, 0x7f].Array[0, 9000]), Gen.Int[1, 5000])
            .Sample((bytes, piece) =>
            {
                var (file, writer, stream) = (new ArrayBufferWriter<byte>(), new AsciicastWriter(), new AsciicastText());
                AsciicastWriter.WriteHeader(file, new AsciicastHeader { Columns = 1, Rows = 1 });
                foreach (var chunk in bytes.Chunk(piece))
                {
                    writer.Write(file, default, AsciicastCode.Output, stream, chunk);
                }

                writer.WriteRest(file, default, AsciicastCode.Output, stream);
                Assert.Equal(Encoding.UTF8.GetString(bytes), string.Concat(Read(file.WrittenMemory).Select(line => line.Event?.Data)));
            });

    [Fact]
    public void AnyHeaderAndEvents_AreReadBack() =>
        Gen.Select(Gen.Int[0, 9999], Gen.String[0, 20].Where(IsUnicode), Gen.Long.Nullable(), Gen.Select(Gen.Int[0, 100_000_000], Gen.String[0, 30].Where(IsUnicode)).List[0, 20])
            .Sample((size, text, timestamp, events) =>
            {
                var (file, writer, at) = (new ArrayBufferWriter<byte>(), new AsciicastWriter(), TimeSpan.Zero);
                var header = new AsciicastHeader { Columns = size, Rows = size / 2, TerminalType = text, Title = text, Timestamp = timestamp };
                AsciicastWriter.WriteHeader(file, header);
                foreach (var (microseconds, data) in events)
                {
                    writer.Write(file, at += TimeSpan.FromMicroseconds(microseconds), AsciicastCode.Input, data);
                }

                var lines = Read(file.WrittenMemory);
                Assert.Equal(header, lines[0].Header);
                Assert.Equal(events.Select(one => new AsciicastEvent(one.Item1 / 1e6, AsciicastCode.Input, one.Item2)), lines.Skip(1).Select(line => line.Event!.Value));
            });

    [Theory]
    [InlineData("{\"version\":2,\"width\":80,\"height\":24}\n", 1)]
    [InlineData("# comment\n", 1)]
    [InlineData("{\"version\":3}\n", 1)]
    [InlineData("{\"version\":3,\"term\":{\"cols\":80,\"rows\":24}}\n\n", 2)]
    [InlineData("{\"version\":3,\"term\":{\"cols\":80,\"rows\":24}}\n[1,\"o\"]\n", 2)]
    [InlineData("{\"version\":3,\"term\":{\"cols\":80,\"rows\":24}}\n# a\n[-1,\"o\",\"\"]\n", 3)]
    [InlineData("{\"version\":3,\"term\":{\"cols\":80,\"rows\":24}}\n[1,\"oo\",\"\"]\n", 2)]
    [InlineData("{\"version\":3,\"term\":{\"cols\":80,\"rows\":24}}\n[1,\"o\",1]\n", 2)]
    [InlineData("{\"version\":3,\"term\":{\"cols\":80,\"rows\":24}}\n[1,\"o\",\"\"] []\n", 2)]
    public void WrongLine_IsNamed(string file, long line) =>
        Assert.Equal(line, Assert.Throws<AsciicastFormatException>(() => Read(Encoding.UTF8.GetBytes(file))).Line);

    [Fact]
    public void CommentsAndUnknownCodes_AreRead()
    {
        var lines = Read(Encoding.UTF8.GetBytes("{\"version\":3,\"term\":{\"cols\":80,\"rows\":24},\"env\":{}}\n# hello\n[0.5,\"z\",\"?\"]\n"));
        Assert.Equal(" hello", lines[1].Comment);
        Assert.Equal(new AsciicastEvent(0.5, (AsciicastCode)'z', "?"), lines[2].Event);
    }

    [Fact]
    public void LineThatDoesNotEnd_IsRefused()
    {
        var reader = new AsciicastReader();
        ReadOnlyMemory<byte> input = new byte[AsciicastReader.MaxLineLength + 1];
        Assert.Equal(1, Assert.Throws<AsciicastFormatException>(() => reader.TryRead(ref input, out _)).Line);
    }

    [Fact]
    public void CommentOfTwoLines_IsRefused() => Assert.Throws<ArgumentException>(() => AsciicastWriter.WriteComment(_file, "a\nb"));

    private static bool IsUnicode(string text) => !text.Contains('\uFFFD', StringComparison.Ordinal) && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    private static List<AsciicastLine> Read(ReadOnlyMemory<byte> file)
    {
        var reader = new AsciicastReader();
        var lines = new List<AsciicastLine>();
        while (reader.TryRead(ref file, out var line))
        {
            lines.Add(line);
        }

        Assert.Equal(0, file.Length);
        return lines;
    }

    private List<AsciicastEvent> Events()
    {
        var file = new ArrayBufferWriter<byte>();
        AsciicastWriter.WriteHeader(file, new AsciicastHeader { Columns = 80, Rows = 24 });
        file.Write(_file.WrittenSpan);
        return [.. Read(file.WrittenMemory).Skip(1).Select(line => line.Event!.Value)];
    }
}
