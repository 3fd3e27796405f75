using System.Globalization;
using System.Text;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Logs;
using CriAttach.Silo.CriLogs;

namespace CriAttach.Silo.Tests.CriLogs;

public sealed class CriLogPagesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TaskCompletionSource _exited = new();
    private readonly CriLogPages _pages = new(TimeProvider.System);
    private int _second;

    private string LogPath => Path.Combine(_directory.Path, "0.log");

    [Fact]
    public async Task WholeLog_RotatedFilesIncluded()
    {
        Append("F", "one\n");
        Rotate("0.log.20260101-000000");
        Append("P", "tw");
        Append("F", "o\n", "stderr");
        Assert.Equal("one\ntwo\n", await AllAsync(new LogRequest()));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "four\n")]
    [InlineData(2, "three\nfour\n")]
    [InlineData(3, "two\nthree\nfour\n")]
    [InlineData(9, "one\ntwo\nthree\nfour\n")]
    public async Task Tail_CountsLinesOverFiles(int lines, string expected)
    {
        Append("F", "one\n");
        Append("P", "t");
        Append("F", "wo\n");
        Rotate("0.log.20260101-000000");
        Append("F", "three\n");
        Append("P", "fo");
        Append("F", "ur\n");
        Assert.Equal(expected, await AllAsync(new LogRequest { TailLines = lines }));
    }

    [Fact]
    public async Task Since_LeavesOutWhatIsOlder()
    {
        Append("F", "one\n");
        Append("F", "two\n");
        Assert.Equal("two\n", await AllAsync(new LogRequest { Since = DateTimeOffset.UnixEpoch.AddSeconds(2) }));
    }

    [Fact]
    public async Task Timestamps_OnceALine()
    {
        Append("P", "o");
        Append("F", "ne\n");
        Assert.Equal("1970-01-01T00:00:01.000000000Z one\n", await AllAsync(new LogRequest { Timestamps = true }));
    }

    [Fact]
    public async Task LongLine_ComesInPages()
    {
        var line = new string('x', (3 * LogPage.MaxBytes) + 7);
        Append("F", line + "\n");
        Append("F", "end\n");
        Assert.Equal(line + "\nend\n", await AllAsync(new LogRequest()));
    }

    [Fact]
    public async Task RotationBetweenPages_NothingIsLostOrRepeated()
    {
        Append("F", "one\n");
        var first = await ReadAsync(new LogRequest());
        Assert.True(first.AtEnd);
        Append("F", "two\n");
        Rotate("0.log.20260101-000000");
        Append("F", "three\n");
        var second = await ReadAsync(new LogRequest { Position = first.Next });
        Assert.Equal("two\nthree\n", Text(second));
        Assert.False(second.Gap);
    }

    [Fact]
    public async Task PositionRotatedAway_GapIsTold()
    {
        Append("F", "one\n");
        var first = await ReadAsync(new LogRequest());
        File.Delete(LogPath);
        Append("F", "two\n");
        var second = await ReadAsync(new LogRequest { Position = first.Next });
        Assert.Equal("two\n", Text(second));
        Assert.True(second.Gap);
    }

    [Fact]
    public async Task TornLine_GoesOnWhereItWas()
    {
        File.AppendAllText(LogPath, "1970-01-01T00:00:01Z stdout F hel");
        var first = await ReadAsync(new LogRequest { Timestamps = true });
        Assert.Equal("1970-01-01T00:00:01.000000000Z hel", Text(first));
        File.AppendAllText(LogPath, "lo\n1970-01-01T00:00:02Z stdout F x\n");
        Assert.Equal("lo\n1970-01-01T00:00:02.000000000Z x\n", Text(await ReadAsync(new LogRequest { Timestamps = true, Position = first.Next })));
    }

    [Fact]
    public async Task TornLine_TailOfNone_BeginsAtALine()
    {
        File.AppendAllText(LogPath, "1970-01-01T00:00:01Z stdout F hel");
        var first = await ReadAsync(new LogRequest { TailLines = 0 });
        File.AppendAllText(LogPath, "lo\n");
        Assert.EndsWith("lo\n", Text(await ReadAsync(new LogRequest { Position = first.Next })), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoMore_WaitsForOutput()
    {
        Append("F", "one\n");
        var first = await ReadAsync(new LogRequest());
        var waiting = ReadAsync(new LogRequest { Position = first.Next, Wait = TimeSpan.FromSeconds(5) });
        Append("F", "two\n");
        Assert.Equal("two\n", Text(await waiting));
    }

    [Fact]
    public async Task Exited_LastPageIsComplete()
    {
        Append("F", "one\n");
        _exited.SetResult();
        Assert.True((await ReadAsync(new LogRequest { Wait = TimeSpan.FromSeconds(5) })).Complete);
    }

    [Fact]
    public async Task NoFileYet_EmptyPage()
    {
        var page = await ReadAsync(new LogRequest());
        Assert.True(page.AtEnd);
        Append("F", "one\n");
        var next = await ReadAsync(new LogRequest { Position = page.Next });
        Assert.Equal("one\n", Text(next));
        Assert.False(next.Gap);
    }

    [Fact]
    public async Task NoCriLog_FaultNamesIt()
    {
        File.WriteAllText(LogPath, "hello world, this is no log\n");
        var fault = await Assert.ThrowsAsync<RuntimeFailureException>(() => ReadAsync(new LogRequest()));
        Assert.Contains(LogPath, fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private static string Text(LogPage page) => Encoding.UTF8.GetString(page.Data.Span);

    private Task<LogPage> ReadAsync(LogRequest request) => _pages.ReadAsync(LogPath, _exited.Task, request);

    private async Task<string> AllAsync(LogRequest request)
    {
        var text = new StringBuilder();
        while (true)
        {
            var page = await ReadAsync(request);
            Assert.InRange(page.Data.Length, 0, LogPage.MaxBytes);
            text.Append(Text(page));
            if (page.AtEnd)
            {
                return text.ToString();
            }

            request = request with { Position = page.Next };
        }
    }

    private void Append(string tag, string content, string stream = "stdout") => File.AppendAllText(
        LogPath, string.Create(CultureInfo.InvariantCulture, $"{DateTime.UnixEpoch.AddSeconds(++_second):yyyy-MM-ddTHH:mm:ss.fffffff}00+00:00 {stream} {tag} {content}{(tag == "P" ? "\n" : "")}"));

    private void Rotate(string name) => File.Move(LogPath, Path.Combine(_directory.Path, name));
}
