using System.Text;
using CriAttach.Silo.Runtimes.CriUpstream.Logs;

namespace CriAttach.Silo.Tests.Runtimes.CriUpstream;

/// <summary>A log that is written and rotated as containerd and the kubelet do it.</summary>
public sealed class UpstreamLogTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private StreamWriter? _writer;

    private string LogPath => Path.Combine(_directory.Path, "0.log");

    [Fact]
    public void Rotation_IsFollowedWithoutGap()
    {
        Write("one");
        using var log = Open();
        Assert.Equal("one\n", Read(log));
        Rotate("20260101-000000");
        _writer!.Write(Line("two"));
        _writer.Flush();
        Assert.Equal("two\n", Read(log));
        Reopen();
        Write("three");
        Assert.Equal("three\n", Read(log));
        Assert.Equal([0L, 8], log.All.Select(file => file.Start));
    }

    [Fact]
    public void TwoRotationsBetweenLooks_AreFollowed()
    {
        Write("one");
        using var log = Open();
        Assert.Equal("one\n", Read(log));
        Rotate("20260101-000000");
        Reopen();
        Write("two");
        Rotate("20260101-000001");
        Reopen();
        Write("three");
        Assert.Equal("two\nthree\n", Read(log));
    }

    [Fact]
    public void FileThatWasNotReadToItsEndIsGone_IsSaid()
    {
        Write("one");
        using var log = Open();
        Assert.Equal("one\n", Read(log));
        Rotate("20260101-000000");
        Reopen();
        Write("two");
        File.Delete(LogPath + ".20260101-000000");
        Assert.Throws<IOException>(() => Read(log));
    }

    [Fact]
    public void AnotherSilo_GoesOnAtTheSameOffset()
    {
        Write("one");
        using var log = Open();
        Read(log);
        Rotate("20260101-000000");
        Reopen();
        Write("two");
        Read(log);
        using var again = UpstreamLog.Open(LogPath, terminal: false, log.Known, start: 0, out var exact);
        Assert.True(exact);
        Assert.Equal("one\ntwo\n", Read(again!));
        Assert.Equal(8, again!.Content);
    }

    [Fact]
    public void AllFilesAreOthers_OffsetsAreNotExact()
    {
        Write("one");
        using var log = Open();
        Read(log);
        var known = log.Known;
        Close();
        File.Move(LogPath, LogPath + ".20260101-000000.gz");
        Write("two");
        using var again = UpstreamLog.Open(LogPath, terminal: false, known, start: 0, out var exact);
        Assert.False(exact);
    }

    [Fact]
    public void TerminalsLines_CountWithTheirReturns()
    {
        Write("one");
        using var log = UpstreamLog.Open(LogPath, terminal: true, null, start: 0, out _)!;
        Read(log);
        Assert.Equal(5, log.Content);
    }

    [Fact]
    public void Complete_WhenNobodyHasItOpenForWriting()
    {
        Write("one");
        using var log = Open();
        Read(log);
        Assert.NotEqual(true, log.IsComplete());
        Close();
        Assert.NotEqual(false, log.IsComplete());
    }

    public void Dispose()
    {
        Close();
        _directory.Dispose();
    }

    private static string Line(string text) => $"2026-01-01T00:00:00.000000000Z stdout F {text}\n";

    private static string Read(UpstreamLog log)
    {
        var text = new StringBuilder();
        while (log.TryRead(out var piece))
        {
            log.Take(piece);
            text.Append(Encoding.ASCII.GetString(piece.Content.Span));
        }

        return text.ToString();
    }

    private UpstreamLog Open() => UpstreamLog.Open(LogPath, terminal: false, null, start: 0, out _)!;

    private void Write(string text)
    {
        _writer ??= new StreamWriter(LogPath, append: true);
        _writer.Write(Line(text));
        _writer.Flush();
    }

    private void Rotate(string suffix) => File.Move(LogPath, $"{LogPath}.{suffix}");

    private void Reopen()
    {
        Close();
        _writer = new StreamWriter(LogPath, append: true);
    }

    private void Close()
    {
        _writer?.Dispose();
        _writer = null;
    }
}
