using System.Text;
using CriAttach.Silo.Runtimes.CriUpstream.Joining;

namespace CriAttach.Silo.Tests.Runtimes.CriUpstream;

public sealed class StreamLinesTests
{
    [Theory]
    [InlineData("one\r\ntwo\r\n", "one\ntwo\n", true)]
    [InlineData("one\r\r\ntwo\n", "one\r\ntwo\n", true)]
    [InlineData("two\n", "one\ntwo\n", true)]
    [InlineData("one\ntwo\n", "one\nthree\n", false)]
    [InlineData("one\rtwo\n", "onetwo\n", false)]
    [InlineData("one\n\ntwo\n", "one\ntwo\n", false)]
    public void Agrees_ButForReturnsBeforeLineFeeds(string one, string other, bool agrees)
    {
        Assert.Equal(agrees, Lines(one).AgreesWith(Lines(other)));
        Assert.Equal(agrees, Lines(other).AgreesWith(Lines(one)));
    }

    [Fact]
    public void LongTelling_KeepsTheNewestBytesAndTheLine()
    {
        var lines = new StreamLines();
        for (var i = 0; i < 3000; i++)
        {
            lines.Add(Encoding.ASCII.GetBytes($"line {i}\n"));
        }

        lines.Add("# "u8);
        Assert.Equal("# ", Encoding.ASCII.GetString(lines.Line));
        Assert.EndsWith("line 2998\nline 2999\n", Encoding.ASCII.GetString(lines.Before), StringComparison.Ordinal);
        Assert.Equal(4096, lines.Before.Length);
    }

    private static StreamLines Lines(string text)
    {
        var lines = new StreamLines();
        lines.Add(Encoding.ASCII.GetBytes(text));
        return lines;
    }
}
