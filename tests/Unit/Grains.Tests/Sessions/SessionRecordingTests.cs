using CriAttach.Grains.Sessions;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Sessions;
using CriAttach.Interfaces.Stdio;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Grains.Tests.Sessions;

/// <summary>What the recorder is told, and what comes of its refusal.</summary>
public sealed class SessionRecordingTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly MemoryJournal _journal = new();
    private readonly StillNode _node = new();
    private readonly StillContainer _container;
    private readonly ListingRecorder _recorder = new();
    private SessionTable _table;

    public SessionRecordingTests()
    {
        _container = new StillContainer("c1", _clock);
        _node.Add(_container);
        _table = Table(_recorder);
    }

    public void Dispose() => _table.Dispose();

    [Fact]
    public void Recorder_IsToldWhoComesAndGoesAndOfSizes()
    {
        _container.Stdio.Output.Append(StdioStream.Stdout, new byte[10]);
        Open("a");
        Assert.Empty(_recorder.Told);
        Claim("a");
        Open("b");
        Claim("b");
        _table.Resize("a", new TerminalSize { Width = 1, Height = 1 });
        _table.Resize("b", new TerminalSize { Width = 80, Height = 24 });
        _table.End("b", EndCause.ClientDetached);
        Assert.Equal(["a attached at 0", "b attached at 10", "c1 is 80x24", "b left: ClientDetached"], _recorder.Told);
    }

    [Fact]
    public void SuspendedSession_IsStillThereUntilItsTimeIsOver()
    {
        Open("a");
        var nonce = Guid.NewGuid();
        _table.Claim("a", new ClaimRequest { Nonce = nonce, Gateway = "g1", ResumeId = "r" });
        _table.Leave("a", nonce, EndCause.ClientGone);
        Assert.Equal(["a attached at 0"], _recorder.Told);
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(["a attached at 0", "a left: ClientGone"], _recorder.Told);
    }

    [Fact]
    public void RestartedSilo_TellsOfTheSessionsThatItFinds()
    {
        Open("issued");
        Open("claimed");
        Claim("claimed");
        _table.Dispose();
        var recorder = new ListingRecorder();
        _table = Table(recorder);
        Assert.Equal(["claimed attached at ?"], recorder.Told);
    }

    [Fact]
    public async Task ClaimThatCannotBeRecorded_EndsTheSession()
    {
        Open("a");
        _recorder.Ready = Task.FromException(new RecordingFailedException("no room"));
        await Assert.ThrowsAsync<RecordingFailedException>(() => _table.WhenRecordedAsync(Claim("a")));
        Assert.Empty(_table.Sessions);
        Assert.Equal(EndCause.RecordingFailed, _table.End("a", EndCause.Failed));
        Assert.Equal(ClaimOutcome.Unknown, (await _table.WhenRecordedAsync(Claim("a"))).Outcome);
    }

    [Fact]
    public void RecordingFails_WhoIsAttachedIsEndedAndWhoIsToComeIsNot()
    {
        _node.Add(new StillContainer("c2", _clock));
        Open("a");
        Claim("a");
        Open("later");
        _table.Open(_node.Find("c2")!, Request("other"));
        Claim("other");
        _recorder.End("c1", "the disk is full");
        Assert.Equal(["later", "other"], _table.Sessions.Select(session => session.Key.Id).Order());
        Assert.Equal(EndCause.RecordingFailed, _table.End("a", EndCause.Failed));
        Assert.Equal("a left: RecordingFailed", _recorder.Told[^1]);
    }

    private static OpenSessionRequest Request(string id) =>
        new() { SessionId = id, Streams = new AttachStreams { Stdin = true, Stdout = true, Stderr = false, Tty = true } };

    private SessionTable Table(ListingRecorder recorder) => new(_node, _journal, Options.Create(new SessionOptions()), _clock, NullLogger<SessionTable>.Instance, recorder);

    private void Open(string id) => _table.Open(_container, Request(id));

    private ClaimResult Claim(string id) => _table.Claim(id, new ClaimRequest { Nonce = Guid.NewGuid(), Gateway = "g1" });
}
