using System.Buffers;
using System.Text;
using CriAttach.Fuzz;
using CriAttach.Fuzz.Targets;
using CriAttach.Wire.CriLog;
using CsCheck;

namespace CriAttach.Wire.Tests.CriLog;

public sealed class CriLogReaderTests
{
    private const string Time = "2016-10-06T00:17:09.669794202";
    private const long Nanoseconds = 1475713029669794202;

    [Theory]
    [InlineData(Fragments.Whole)]
    [InlineData(Fragments.ByteByByte)]
    [InlineData(6)]
    public void LinesOfConmon_AreRead(int cut) => AssertTrace(
        cut,
        $"{Time}+00:00 stdout F ab\n{Time}+00:00 stderr P c\n{Time}+00:00 stderr F \n",
        $"0 {Nanoseconds} stdout False whole 61620A",
        $"48 {Nanoseconds} stderr True whole 63",
        $"95 {Nanoseconds} stderr False whole 0A");

    [Fact]
    public void LineWithoutItsEnd_IsReadAsFarAsItGoes() => AssertTrace(
        Fragments.ByteByByte, $"{Time}Z stdout P ab", $"0 {Nanoseconds} stdout True open 6162");

    [Theory]
    [InlineData("2016-10-06T00:17:09Z", 1475713029000000000)]
    [InlineData("2016-10-06T00:17:09.5Z", 1475713029500000000)]
    [InlineData("2016-10-06T02:17:09.669794202+02:00", Nanoseconds)]
    [InlineData("2016-10-05T12:47:09.669794202-11:30", Nanoseconds)]
    [InlineData("1969-12-31T23:59:59.999999999Z", -1)]
    [InlineData("2000-02-29T00:00:00Z", 951782400000000000)]
    public void AnyZoneAndFraction_GiveTheSameTime(string time, long expected) => AssertTrace(
        Fragments.Whole, $"{time} stdout F \n", $"0 {expected} stdout False whole 0A");

    [Theory]
    [InlineData("x stdout F a\n")]
    [InlineData("2016-02-30T00:17:09Z stdout F a\n")]
    [InlineData("2016-10-06T24:17:09Z stdout F a\n")]
    [InlineData("2016-10-06T00:17:09.Z stdout F a\n")]
    [InlineData("2016-10-06T00:17:09.1234567890Z stdout F a\n")]
    [InlineData("2016-10-06T00:17:09 stdout F a\n")]
    [InlineData("2016-10-06T00:17:09+0200 stdout F a\n")]
    [InlineData(Time + "Z stdin F a\n")]
    [InlineData(Time + "Z stdout X a\n")]
    [InlineData(Time + "Z stdout FF a\n")]
    [InlineData(Time + "Z stdout  a\n")]
    [InlineData(Time + "Z stdout F\n")]
    [InlineData(Time + "Z  stdout F a\n")]
    [InlineData("\n")]
    public void MalformedLine_FaultsWithItsOffset(string line)
    {
        foreach (var cut in new[] { Fragments.Whole, Fragments.ByteByByte, 8 })
        {
            AssertTrace(cut, $"{Time}Z stdout F a\n{line}", $"0 {Nanoseconds} stdout False whole 610A", "fault 42");
        }
    }

    [Fact]
    public void HeaderWithoutEnd_Faults() => AssertTrace(
        Fragments.ByteByByte, new string('x', CriLogReader.MaxHeaderLength), "fault 0");

    [Fact]
    public void FurtherTags_AreNotRead() => AssertTrace(
        Fragments.Whole, $"{Time}Z stdout P:later a\n", $"0 {Nanoseconds} stdout True whole 61");

    [Fact]
    public void ReaderThatStartsInTheFile_CountsFromThere()
    {
        var reader = new CriLogReader(fileOffset: 1000);
        ReadOnlyMemory<byte> input = Encoding.ASCII.GetBytes($"{Time}Z stdout F a\n{Time}Z stdout F b\n");
        Assert.True(reader.TryRead(ref input, out var first));
        Assert.True(reader.TryRead(ref input, out var second));
        Assert.Equal((1000, 1042, 1084), (first.LineOffset, second.LineOffset, reader.FileOffset));
    }

    [Fact]
    public void LineOf100KiB_ComesInPiecesThatAreSlices()
    {
        var content = new byte[100 * 1024];
        content.AsSpan().Fill((byte)'x');
        byte[] file = [.. Encoding.ASCII.GetBytes($"{Time}Z stdout P "), .. content, (byte)'\n'];
        var reader = new CriLogReader();
        var length = 0;
        for (var at = 0; at < file.Length; at += 4096)
        {
            ReadOnlyMemory<byte> input = file.AsMemory(at, Math.Min(4096, file.Length - at));
            Assert.True(reader.TryRead(ref input, out var piece));
            Assert.Equal(at == 0, piece.StartsLine);
            Assert.Equal(at + 4096 >= file.Length, piece.EndsLine);
            Assert.True(input.IsEmpty);
            length += piece.Content.Length;
        }

        Assert.Equal(content.Length, length);
    }

    [Fact]
    public void Reading_AllocatesNothing()
    {
        var reader = new CriLogReader();
        var file = Encoding.ASCII.GetBytes($"{Time}+00:00 stdout F ab\n{Time}+00:00 stderr P c\n");
        Read(reader, file);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Read(reader, file);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        static void Read(CriLogReader reader, byte[] file)
        {
            ReadOnlyMemory<byte> input = file;
            while (reader.TryRead(ref input, out _))
            {
            }
        }
    }

    [Fact]
    public void AnyOutput_IsReadBackAndItsLinesAreFoundByOffset() =>
        Gen.Select(Gen.Select(Gen.Bool, Gen.Char["ab\n\r "].Array[0, 20]).List[0, 6], Gen.Int[0, 1000])
            .Sample((chunks, cut) =>
            {
                var log = new ArrayBufferWriter<byte>();
                var expected = new List<(CriLogStream, byte)>();
                foreach (var (isError, chunk) in chunks)
                {
                    var stream = isError ? CriLogStream.Stderr : CriLogStream.Stdout;
                    var bytes = Encoding.ASCII.GetBytes(chunk);
                    CriLogWriter.Write(log, stream, Nanoseconds, bytes);
                    expected.AddRange(bytes.Select(value => (stream, value)));
                }

                var content = new List<(CriLogStream, byte)>();
                var reader = new CriLogReader();
                byte[] kept = [];
                foreach (var fragment in Fragments.Cut(log.WrittenSpan.ToArray(), cut))
                {
                    ReadOnlyMemory<byte> input = (byte[])[.. kept, .. fragment];
                    while (reader.TryRead(ref input, out var piece))
                    {
                        content.AddRange(piece.Content.ToArray().Select(value => (piece.Stream, value)));
                        var line = log.WrittenSpan[(int)piece.LineOffset..];
                        Assert.True(line.StartsWith("2016-10-06T"u8));
                    }

                    kept = input.ToArray();
                }

                return content.SequenceEqual(expected);
            });

    private static void AssertTrace(int cut, string file, params string[] expected) =>
        Assert.Equal(expected, CriLogTarget.Read(Encoding.ASCII.GetBytes(file), cut).Lines);
}
