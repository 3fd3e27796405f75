using System.Buffers;
using System.Text;
using CriAttach.Interfaces.Stdio;
using CriAttach.Silo.CriLogs;
using CriAttach.Wire.CriLog;

namespace CriAttach.Silo.Tests.CriLogs;

public sealed class CriLogFilesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Rotations_IndexIsTheDirectory()
    {
        var files = CriLogFiles.Open(_directory.Path);
        Append("one\ntw");
        Rotate(files);
        Append("o\nthree");
        Rotate(files);
        Append("\n");
        Assert.Equal([0L, 6L, 13L], files.All.Select(file => file.Start));
        var again = CriLogFiles.Open(_directory.Path);
        Assert.Equal(files.All, again.All);
        Assert.Equal(14, again.End());
        for (var offset = 0; offset <= 14; offset++)
        {
            Assert.Equal("one\ntwo\nthree\n"[offset..], await ReadAsync(again, offset));
        }
    }

    [Fact]
    public async Task DiedBeforeReopen_NewestFileIsStillWrittenTo()
    {
        var files = CriLogFiles.Open(_directory.Path);
        Append("one\n");
        files.BeginRotation();
        var again = CriLogFiles.Open(_directory.Path);
        Assert.False(again.HasCurrent);
        Assert.Equal(4, again.End());
        again.BeginRotation();
        Append("two\n", Assert.Single(again.All).Path);
        Append("three\n");
        Assert.Equal(8, again.CompleteRotation());
        again.EndRotation();
        Assert.Equal("one\ntwo\nthree\n", await ReadAsync(again, 0));
    }

    [Fact]
    public async Task EmptyFileRotated_LeavesNothing()
    {
        var files = CriLogFiles.Open(_directory.Path);
        Append("");
        Rotate(files);
        Rotate(files);
        Append("one\n");
        Assert.Equal(0, Assert.Single(files.All).Start);
        Assert.Single(Directory.GetFiles(_directory.Path));
        Assert.Equal("one\n", await ReadAsync(files, 0));
    }

    [Fact]
    public async Task RotationUnderWay_ReaderWaitsForTheNewFile()
    {
        var files = CriLogFiles.Open(_directory.Path);
        Append("one\n");
        files.BeginRotation();
        Append("two\n");
        var reader = await new CriLogArchive(files).OpenAsync(4, Cancel);
        await using (reader!)
        {
            var buffer = new byte[16];
            var reading = reader!.ReadAsync(buffer, Cancel).AsTask();
            Assert.False(reading.IsCompleted);
            files.CompleteRotation();
            files.EndRotation();
            Assert.Equal(4, (await reading).Count);
        }
    }

    [Fact]
    public async Task Pruned_OldestGoAndNewestTwoStay()
    {
        var files = CriLogFiles.Open(_directory.Path);
        for (var i = 0; i < 10; i++)
        {
            Append(new string('x', 1000) + "\n");
            Rotate(files);
        }

        Assert.Equal(7, files.Prune(new CriLogLimits(1100, 4)));
        Assert.Equal(7 * 1001, files.All[0].Start);
        Assert.Equal(4, Directory.GetFiles(_directory.Path).Length);
        Assert.Null(await new CriLogArchive(files).OpenAsync((7 * 1001) - 1, Cancel));
        files.Prune(new CriLogLimits(1, 2));
        Assert.Equal(2, files.All.Length);
        Assert.Equal(files.All, CriLogFiles.Open(_directory.Path).All);
    }

    [Fact]
    public async Task BothStreams_KeepTheirOrder()
    {
        var files = CriLogFiles.Open(_directory.Path);
        Append("a");
        Append("b", stream: CriLogStream.Stderr);
        Append("c");
        var reader = await new CriLogArchive(files).OpenAsync(0, Cancel);
        await using (reader!)
        {
            var buffer = new byte[16];
            Assert.Equal((StdioStream.Stdout, 1), await NextAsync());
            Assert.Equal((StdioStream.Stderr, 1), await NextAsync());
            Assert.Equal((StdioStream.Stdout, 1), await NextAsync());

            async Task<(StdioStream, int)> NextAsync()
            {
                var read = await reader!.ReadAsync(buffer, Cancel);
                return (read.Stream, read.Count);
            }
        }
    }

    [Fact]
    public async Task OffsetAheadOfTheLog_NotOpened()
    {
        var files = CriLogFiles.Open(_directory.Path);
        Append("one\n");
        Assert.Null(await new CriLogArchive(files).OpenAsync(5, Cancel));
    }

    [Fact]
    public void BrokenFile_IsNotGuessedAbout()
    {
        Append("one\n");
        File.AppendAllText(_directory["0.log"], "nonsense without end of a log line\n");
        var files = CriLogFiles.Open(_directory.Path);
        Assert.Throws<CriLogFormatException>(() => files.End());
    }

    private void Append(string text, string? path = null, CriLogStream stream = CriLogStream.Stdout)
    {
        var lines = new ArrayBufferWriter<byte>();
        CriLogWriter.Write(lines, stream, 1, Encoding.UTF8.GetBytes(text));
        using var file = new FileStream(path ?? _directory["0.log"], FileMode.Append);
        file.Write(lines.WrittenSpan);
    }

    private void Rotate(CriLogFiles files)
    {
        files.BeginRotation();
        Append("");
        files.CompleteRotation();
        files.EndRotation();
    }

    private static async Task<string> ReadAsync(CriLogFiles files, long offset)
    {
        var reader = await new CriLogArchive(files).OpenAsync(offset, Cancel);
        Assert.NotNull(reader);
        await using (reader)
        {
            var text = new StringBuilder();
            var buffer = new byte[3];
            while (await reader.ReadAsync(buffer, Cancel) is { Count: > 0 } read)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, read.Count));
            }

            return text.ToString();
        }
    }
}
