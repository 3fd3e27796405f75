using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Sessions;
using CriAttach.Interfaces.Stdio;

namespace CriAttach.Grains.Tests.Sessions;

/// <summary>What the recorder is told, and what comes of its refusal.</summary>
public sealed class SessionRecordingTests : SessionTableTest
{
    private readonly ListingRecorder _recorder;

    public SessionRecordingTests()
        : this(new ListingRecorder())
    {
    }

    private SessionRecordingTests(ListingRecorder recorder)
        : base(recorder) => _recorder = recorder;

    [Fact]
    public void Recorder_IsToldWhoComesAndGoesAndOfSizes()
    {
        Container.Stdio.Output.Append(StdioStream.Stdout, new byte[10]);
        Open("a");
        Assert.Empty(_recorder.Told);
        Claim("a");
        Open("b");
        Claim("b");
        Table.Resize("a", new TerminalSize { Width = 1, Height = 1 });
        Table.Resize("b", new TerminalSize { Width = 80, Height = 24 });
        Table.End("b", EndCause.ClientDetached);
        Assert.Equal(["a attached at 0", "b attached at 10", "c1 is 80x24", "b left: ClientDetached"], _recorder.Told);
    }

    [Fact]
    public void SuspendedSession_IsStillThereUntilItsTimeIsOver()
    {
        Open("a");
        var nonce = Guid.NewGuid();
        Table.Claim("a", new ClaimRequest { Nonce = nonce, Gateway = "g1", ResumeId = "r" });
        Table.Leave("a", nonce, EndCause.ClientGone);
        Assert.Equal(["a attached at 0"], _recorder.Told);
        Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(["a attached at 0", "a left: ClientGone"], _recorder.Told);
    }

    [Fact]
    public void RestartedSilo_TellsOfTheSessionsThatItFinds()
    {
        Open("issued");
        Open("claimed");
        Claim("claimed");
        var recorder = new ListingRecorder();
        Restart(recorder);
        Assert.Equal(["claimed attached at ?"], recorder.Told);
    }

    [Fact]
    public async Task ClaimThatCannotBeRecorded_EndsTheSession()
    {
        Open("a");
        _recorder.Ready = Task.FromException(new RecordingFailedException("no room"));
        await Assert.ThrowsAsync<RecordingFailedException>(() => Table.WhenRecordedAsync(Claim("a")));
        Assert.Empty(Table.Sessions);
        Assert.Equal(EndCause.RecordingFailed, Table.End("a", EndCause.Failed));
        Assert.Equal(ClaimOutcome.Unknown, (await Table.WhenRecordedAsync(Claim("a"))).Outcome);
    }

    [Fact]
    public void RecordingFails_WhoIsAttachedIsEndedAndWhoIsToComeIsNot()
    {
        Node.Add(new StillContainer("c2", Clock));
        Open("a");
        Claim("a");
        Open("later");
        Table.Open(Node.Find("c2")!, Request("other"));
        Claim("other");
        _recorder.End("c1", "the disk is full");
        Assert.Equal(["later", "other"], Table.Sessions.Select(session => session.Key.Id).Order());
        Assert.Equal(EndCause.RecordingFailed, Table.End("a", EndCause.Failed));
        Assert.Equal("a left: RecordingFailed", _recorder.Told[^1]);
    }

    private static OpenSessionRequest Request(string id) =>
        new() { SessionId = id, Streams = new AttachStreams { Stdin = true, Stdout = true, Stderr = false, Tty = true } };

    private void Open(string id) => Table.Open(Container, Request(id));

    private ClaimResult Claim(string id) => Table.Claim(id, new ClaimRequest { Nonce = Guid.NewGuid(), Gateway = "g1" });
}
