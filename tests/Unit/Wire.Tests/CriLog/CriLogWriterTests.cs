using System.Buffers;
using System.Text;
using CriAttach.Wire.CriLog;

namespace CriAttach.Wire.Tests.CriLog;

public sealed class CriLogWriterTests
{
    private const string Time = "2016-10-06T00:17:09.669794202+00:00";
    private const long Nanoseconds = 1475713029669794202;

    [Theory]
    [InlineData("", "")]
    [InlineData("a\n", Time + " stdout F a\n")]
    [InlineData("a", Time + " stdout P a\n")]
    [InlineData("\n\nb", Time + " stdout F \n" + Time + " stdout F \n" + Time + " stdout P b\n")]
    [InlineData("a\r\n", Time + " stdout F a\r\n")]
    public void Chunk_IsSplitAsConmonDoes(string chunk, string expected) =>
        Assert.Equal(expected, Write(CriLogStream.Stdout, Nanoseconds, chunk));

    [Fact]
    public void Stderr_IsNamed() => Assert.Equal($"{Time} stderr F a\n", Write(CriLogStream.Stderr, Nanoseconds, "a\n"));

    [Theory]
    [InlineData(0, "1970-01-01T00:00:00.000000000+00:00")]
    [InlineData(-1, "1969-12-31T23:59:59.999999999+00:00")]
    [InlineData(1_000_000_007, "1970-01-01T00:00:01.000000007+00:00")]
    public void Time_HasNineDigits(long nanoseconds, string expected) =>
        Assert.Equal($"{expected} stdout P x\n", Write(CriLogStream.Stdout, nanoseconds, "x"));

    private static string Write(CriLogStream stream, long nanoseconds, string chunk)
    {
        var output = new ArrayBufferWriter<byte>();
        CriLogWriter.Write(output, stream, nanoseconds, Encoding.ASCII.GetBytes(chunk));
        return Encoding.ASCII.GetString(output.WrittenSpan);
    }
}
