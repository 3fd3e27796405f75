using System.Text;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Recordings;
using CriAttach.Interfaces.Sessions;
using CriAttach.Interfaces.Stdio;
using CriAttach.Silo.Recordings;
using CriAttach.Streams.Log;
using CriAttach.Wire.Asciicast;
using CriAttach.Wire.Recordings;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Silo.Tests.Recordings;

public sealed class SessionRecorderTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TemporaryDirectory _directory = new();

    private RecordingOptions Options => new() { Directory = _directory["recordings"], Enabled = true, Linger = TimeSpan.Zero };

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Session_IsRecordedFromItsStartToItsEnd()
    {
        var node = new RecordedFake(Options);
        node.Write("before ");
        node.Write("replayed ");
        node.Attach("0123456789abcdef", offset: 7);
        Assert.True(node.Recorder.IsRecording(node.Info.Key.ContainerId));
        node.Recorder.Resized(node.Info.Key.ContainerId, new TerminalSize { Width = 132, Height = 43 });
        node.Write("out ");
        node.Write("err", StdioStream.Stderr);
        node.Leave("0123456789abcdef");
        node.Write("after");
        var lines = await node.ReadAsync();

        Assert.Equal("prod/web-0/shell", lines[0].Header!.Title);
        Assert.Equal("replayed out err", Output(lines));
        Assert.Equal(["session 01234567 attached (peer)", "session 01234567 left: ClientDetached"], Data(lines, AsciicastCode.Marker));
        Assert.Equal(["132x43"], Data(lines, AsciicastCode.Resize));
        var info = Assert.Single(node.Store.List(node.Info.Key.ContainerId));
        Assert.Equal((RecordingState.Complete, "", (ushort)132), (info.State, info.Reason, info.Size!.Value.Width));
        Assert.Equal(["0123456789abcdef"], info.Participants);
        Assert.Equal(64, info.Hash.Length);
        Assert.False(node.Recorder.IsRecording(node.Info.Key.ContainerId));
        var file = new FileInfo(Directory.GetFiles(_directory.Path, "*.cast", SearchOption.AllDirectories).Single());
        Assert.Equal(info.Bytes, file.Length);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, file.Directory!.UnixFileMode);
    }

    [Fact]
    public async Task Events_StandBetweenTheOutputThatWasBeforeAndAfter()
    {
        var node = new RecordedFake(Options);
        node.Attach("a");
        for (var i = 0; i < 50; i++)
        {
            node.Write($"<{i}>");
            node.Recorder.Resized(node.Info.Key.ContainerId, new TerminalSize { Width = (ushort)(100 + i), Height = 50 });
        }

        node.Leave("a");
        var shown = string.Concat((await node.ReadAsync()).Select(line => line.Event).OfType<AsciicastEvent>()
            .Where(one => one.Code is AsciicastCode.Output or AsciicastCode.Resize).Select(one => one.Data));
        Assert.Equal(string.Concat(Enumerable.Range(0, 50).Select(i => $"<{i}>{100 + i}x50")), shown);
    }

    [Fact]
    public async Task SeveralSessions_MakeOneRecordingUntilTheLastHasLeft()
    {
        var node = new RecordedFake(Options);
        node.Attach("a");
        node.Write("1");
        node.Attach("b", offset: 0);
        node.Leave("a", EndCause.ClientGone);
        node.Write("2");
        node.Leave("b");
        Assert.Equal("12", Output(await node.ReadAsync()));

        node.Attach("c", offset: 2);
        node.Write("3");
        node.Leave("c");
        Assert.Equal("3", Output(await node.ReadAsync()));
        Assert.Equal(2, node.Store.List("").Count);
    }

    [Fact]
    public async Task EarlierReplay_IsSaid()
    {
        var node = new RecordedFake(Options);
        node.Write("0123456789");
        node.Attach("first", offset: 10);
        node.Attach("second", offset: 4);
        node.Leave("first");
        node.Leave("second");
        Assert.Contains("session second attached (peer), and is shown 6 bytes from before this recording", Data(await node.ReadAsync(), AsciicastCode.Marker));
    }

    [Fact]
    public async Task Pid1Ends_StatusIsTheLastEvent()
    {
        var node = new RecordedFake(Options);
        node.Attach("a");
        node.Write("bye");
        node.Exit(3);
        var lines = await node.ReadAsync();
        Assert.Equal("bye", Output(lines));
        Assert.Equal(new AsciicastEvent(0, AsciicastCode.Exit, "3"), lines.Last(line => line.Event is not null).Event!.Value with { Seconds = 0 });
        Assert.Equal((RecordingState.Complete, (int?)3), (node.Store.List("")[0].State, node.Store.List("")[0].ExitCode));
    }

    [Fact]
    public async Task NotEnabled_NothingIsWritten()
    {
        var options = Options;
        options.Namespaces["prod"] = new NamespaceRecordingOptions { Enabled = false };
        var node = new RecordedFake(options);
        node.Attach("a");
        await node.Recorder.ReadyAsync(node.Info.Key.ContainerId);
        Assert.False(node.Recorder.IsRecording(node.Info.Key.ContainerId));
        node.Leave("a");
        Assert.Empty(node.Store.List(""));
        Assert.False(Directory.Exists(options.Directory));
    }

    [Fact]
    public async Task OutputThatNobodyHasAnyMore_IsTold()
    {
        var node = new RecordedFake(Options, log: new StdioLogOptions { Limit = 64 * 1024, Retain = 0 });
        node.Write(new string('x', 1024 * 1024));
        node.Attach("a", offset: 0);
        node.Write("end");
        node.Leave("a");
        var lines = await node.ReadAsync();
        var gap = Assert.Single(Data(lines, AsciicastCode.Marker), text => text.Contains("bytes of output are missing", StringComparison.Ordinal));
        var missing = long.Parse(gap.Split(' ')[0], null);
        Assert.Equal((1024 * 1024) + 3 - missing, Output(lines).Length);
        Assert.Equal(RecordingState.Broken, node.Store.List("")[0].State);
        Assert.Contains("missing", node.Store.List("")[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OutputGoesOnElsewhere_RecordingFollowsAndSaysSo()
    {
        var node = new RecordedFake(Options);
        node.Attach("a");
        node.Write("one");
        var next = new StdioLog(new StdioLogOptions(), epoch: 8, startOffset: 100);
        node.MoveTo(next);
        next.Append(StdioStream.Stdout, "two"u8);
        node.Leave("a");
        var lines = await node.ReadAsync();
        Assert.EndsWith("two", Output(lines), StringComparison.Ordinal);
        Assert.Equal(RecordingState.Broken, node.Store.List("")[0].State);
    }

    [Fact]
    public async Task ManyParts_AreOneCast()
    {
        var options = Options;
        (options.MaxFileBytes, options.MaxRecordingBytes) = (256 * 1024, 64 * 1024 * 1024);
        var node = new RecordedFake(options, log: new StdioLogOptions { Retain = 16 * 1024 * 1024 });
        var text = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"line {i}\r\n"));
        node.Attach("a");
        foreach (var chunk in text.Chunk(10_000))
        {
            node.Write(new string(chunk));
        }

        node.Leave("a");
        var lines = await node.ReadAsync();
        Assert.Equal(text, Output(lines));
        var info = node.Store.List("")[0];
        var parts = new RecordingFiles(options.Directory, node.Info.Key.ContainerId, info.Id).Parts();
        Assert.Equal(info.Parts, parts.Count);
        Assert.InRange(parts.Count, 4, 12);
        Assert.All(parts, part => Assert.InRange(part.Length, 1, options.MaxFileBytes + 4096));
        Assert.Equal(ChainState.Intact, Verify(parts).State);
        Assert.Equal(ChainState.Incomplete, Verify([.. parts.SkipLast(1)]).State);
        Assert.Equal(ChainState.Altered, Verify([.. parts.Skip(1)]).State);
    }

    [Fact]
    public async Task TooLong_EndsThereAndSessionGoesOn()
    {
        var options = Options;
        (options.MaxFileBytes, options.MaxRecordingBytes) = (64 * 1024, 256 * 1024);
        var node = new RecordedFake(options);
        node.Attach("a");
        node.Write(new string('x', 900 * 1024));
        var lines = await node.ReadAsync();
        var marker = Data(lines, AsciicastCode.Marker)[^1];
        Assert.Contains("MaxRecordingBytes", marker, StringComparison.Ordinal);
        var info = node.Store.List("")[0];
        Assert.Equal(RecordingState.Broken, info.State);
        Assert.InRange(info.Bytes, 1, 256 * 1024);
        Assert.False(node.Failed.IsCompleted);

        // What was read and did not come into the file is named, and the next recording may begin there.
        var written = Output(lines).Length;
        Assert.Equal(written, node.Store.EndOf(node.Info.Key.ContainerId, epoch: 7));
        Assert.EndsWith(" bytes of output are not in it", marker, StringComparison.Ordinal);
        Assert.InRange(long.Parse(marker.Split("the last ")[1].Split(' ')[0], null), 1, (900 * 1024) - written);
        Assert.EndsWith($"# criattach end {info.Hash}\n", Encoding.UTF8.GetString(await node.BytesAsync(info.Id)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TooLong_FailClosed_EndsTheSessions()
    {
        var options = Options;
        (options.FailClosed, options.MaxFileBytes, options.MaxRecordingBytes) = (true, 64 * 1024, 256 * 1024);
        var node = new RecordedFake(options);
        node.Attach("a");
        await node.Recorder.ReadyAsync(node.Info.Key.ContainerId);
        node.Write(new string('x', 900 * 1024));
        Assert.Contains("MaxRecordingBytes", await node.Failed.WaitAsync(Patience, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NotWritable_FailClosed_RefusesAndSaysWhy()
    {
        var options = Options;
        options.FailClosed = true;
        File.WriteAllText(options.Directory, "in the way");
        var node = new RecordedFake(options);
        var refused = await Assert.ThrowsAsync<RecordingFailedException>(() => node.Recorder.CheckAsync(node));
        Assert.Contains(options.Directory, refused.Message, StringComparison.Ordinal);
        node.Attach("a");
        await Assert.ThrowsAsync<RecordingFailedException>(() => node.Recorder.ReadyAsync(node.Info.Key.ContainerId));
        Assert.Contains("have to be recorded", await node.Failed.WaitAsync(Patience, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CannotBegin_EvictsNothingAndLeavesNothing()
    {
        var options = Options;
        options.MaxRecordings = 1;
        var node = new RecordedFake(options);
        node.Attach("a");
        node.Write("good");
        node.Leave("a");
        Assert.Equal("good", Output(await node.ReadAsync()));
        var files = Directory.GetFiles(options.Directory, "*", SearchOption.AllDirectories);

        options.HmacKeyFile = _directory["no such key"];
        await BeginAsync(node, "b");
        options.HmacKeyFile = "";
        Directory.Move(Path.GetDirectoryName(files[0])!, _directory["aside"]);
        File.WriteAllText(Path.GetDirectoryName(files[0])!, "in the way");
        await BeginAsync(node, "c");
        File.Delete(Path.GetDirectoryName(files[0])!);
        Directory.Move(_directory["aside"], Path.GetDirectoryName(files[0])!);
        Assert.Equal(["a"], Assert.Single(node.Store.List("")).Participants);
        Assert.Equal(files.Order(), Directory.GetFiles(options.Directory, "*", SearchOption.AllDirectories).Order());

        node.Attach("d", offset: 4);
        node.Write("better");
        node.Leave("d");
        Assert.Equal("better", Output(await node.ReadAsync()));
        Assert.Equal(["d"], Assert.Single(node.Store.List("")).Participants);

        static async Task BeginAsync(RecordedFake node, string session)
        {
            node.Attach(session, offset: 4);
            await node.Recorder.CompletionOf(node.Info.Key.ContainerId).WaitAsync(Patience);
            node.Leave(session);
        }
    }

    [Fact]
    public async Task WhoWatchedAndGoesOnToType_IsInOneRecording()
    {
        var options = Options;
        options.Linger = TimeSpan.FromSeconds(5);
        var clock = new FakeTimeProvider();
        var node = new RecordedFake(options, clock);
        node.Attach("watching");
        node.Write("1");
        node.Leave("watching");
        clock.Advance(options.Linger - TimeSpan.FromMilliseconds(1));
        node.Write("2");
        node.Attach("typing", offset: 2);
        clock.Advance(options.Linger);
        Assert.True(node.Recorder.IsRecording(node.Info.Key.ContainerId));
        node.Write("3");
        node.Leave("typing");
        clock.Advance(options.Linger);
        Assert.Equal("123", Output(await node.ReadAsync()));
        var info = Assert.Single(node.Store.List(""));
        Assert.Equal(["watching", "typing"], info.Participants);
        Assert.Equal(RecordingState.Complete, info.State);

        node.Attach("later", offset: 3);
        await node.Recorder.StopAsync();
        Assert.Equal(2, node.Store.List("").Count);
    }

    [Fact]
    public async Task LastHasLeft_SiloOrPid1DoesNotWaitForLinger()
    {
        var options = Options;
        options.Linger = TimeSpan.FromSeconds(5);
        var clock = new FakeTimeProvider();
        var node = new RecordedFake(options, clock);
        node.Attach("a");
        node.Leave("a");
        await node.Recorder.StopAsync();
        Assert.Equal("session a left: ClientDetached", Data(await node.ReadAsync(), AsciicastCode.Marker)[^1]);

        clock.Advance(TimeSpan.FromSeconds(1));
        node.Attach("b");
        node.Leave("b");
        node.Exit(0);
        Assert.Equal(["0"], Data(await node.ReadAsync(), AsciicastCode.Exit));
    }

    [Fact]
    public async Task NotWritable_SessionGoesOnAndTheNextIsTriedAgain()
    {
        var options = Options;
        File.WriteAllText(options.Directory, "in the way");
        var node = new RecordedFake(options);
        await node.Recorder.CheckAsync(node);
        node.Attach("a");
        await node.Recorder.ReadyAsync(node.Info.Key.ContainerId);
        await node.Recorder.StopAsync();
        Assert.Empty(node.Store.List(""));
        Assert.False(node.Failed.IsCompleted);

        File.Delete(options.Directory);
        node.Attach("b");
        node.Write("seen");
        node.Leave("b");
        node.Leave("a");
        var lines = await node.ReadAsync();
        Assert.Equal("seen", Output(lines));
        Assert.Equal(["a", "b"], node.Store.List("")[0].Participants.Order());
    }

    [Fact]
    public async Task Key_IsUsed()
    {
        var options = Options;
        options.HmacKeyFile = _directory["key"];
        File.WriteAllText(options.HmacKeyFile, new string('k', 40) + "\n");
        var node = new RecordedFake(options);
        node.Attach("a");
        node.Write("x");
        node.Leave("a");
        Assert.Equal("x", Output(await node.ReadAsync()));
        Assert.Contains("hmac-sha256", Encoding.UTF8.GetString(await node.BytesAsync(node.Store.List("")[0].Id)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SiloStops_RecordingEndsAndTheNextGoesOnWhereItWas()
    {
        var options = Options;
        var node = new RecordedFake(options);
        node.Attach("a");
        node.Write("one ");
        await node.Recorder.StopAsync();
        Assert.Equal("one ", Output(await node.ReadAsync()));

        node.Write("two ");
        var later = new SessionRecorder(new RecorderServices(
            node.Store, Microsoft.Extensions.Options.Options.Create(options), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<ContainerRecording>.Instance));
        later.Attached(node, new SessionInfo { Key = SessionKey.For("n1", "a"), Container = node.Info.Key, Streams = default, State = SessionState.Suspended, IssuedAt = default, ExpiresAt = default }, offset: null);
        node.Write("three");
        await later.StopAsync();
        Assert.Equal("two three", Output(await node.ReadAsync(node.Store.List("").MaxBy(info => info.StartedAt)!.Id)));
    }

    private static string Output(IReadOnlyList<AsciicastLine> lines) => string.Concat(Data(lines, AsciicastCode.Output));

    private static List<string> Data(IReadOnlyList<AsciicastLine> lines, AsciicastCode code) =>
        [.. lines.Select(line => line.Event).OfType<AsciicastEvent>().Where(one => one.Code == code).Select(one => one.Data)];

    private static ChainVerdict Verify(IReadOnlyList<FileInfo> parts)
    {
        using var verifier = new ChainVerifier(null);
        foreach (var part in parts)
        {
            verifier.BeginFile();
            verifier.Append(File.ReadAllBytes(part.FullName));
        }

        return verifier.Complete();
    }
}
