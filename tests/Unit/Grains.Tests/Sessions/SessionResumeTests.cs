using CriAttach.Grains.Sessions;
using CriAttach.Interfaces.Nodes;
using CriAttach.Interfaces.Sessions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Grains.Tests.Sessions;

public sealed class SessionResumeTests : IDisposable
{
    private static readonly SessionPosition Here = new() { Epoch = 4, Offset = 10, Input = 3 };

    private readonly FakeTimeProvider _clock = new();
    private readonly MemoryJournal _journal = new();
    private readonly StillNode _node = new();
    private readonly StillContainer _container;
    private readonly SessionOptions _options = new();
    private SessionTable _table;

    public SessionResumeTests()
    {
        _container = new StillContainer("c1", _clock);
        _node.Add(_container);
        _table = Table();
    }

    public void Dispose() => _table.Dispose();

    [Fact]
    public void ConnectionBroke_ItsClientComesBackWhereItWas()
    {
        var first = Begin("s", next: "r1", out var connection);
        Assert.Equal(("s", _options.ResumeWindow), (first.SessionId, first.ResumeWindow));
        _table.Leave("s", connection, EndCause.ClientGone);
        Assert.Equal((SessionState.Suspended, EndCause.ClientGone), (_table.Find("s")!.State, _table.Find("s")!.Cause));

        var again = Claim("r1", Guid.NewGuid(), "r2", Here);
        Assert.Equal((ClaimOutcome.Claimed, "s", 10L, 4L), (again.Outcome, again.SessionId, again.StartOffset, again.Epoch));
        Assert.Equal((SessionState.Claimed, EndCause.None), (_table.Find("s")!.State, _table.Find("s")!.Cause));
        Assert.NotEqual(first.InputProducer, again.InputProducer);
    }

    [Fact]
    public void AnswerLost_SameNonceGetsItAgainAndAnotherOneTakesOver()
    {
        Begin("s", next: "r1", out _);
        var nonce = Guid.NewGuid();
        var first = Claim("r1", nonce, "r2", Here);
        Assert.Same(first, Claim("r1", nonce, "r2", Here));

        // The client never heard of r2, so what it has is r1. Or it did, and this is an attempt that it has given up.
        Assert.Equal(ClaimOutcome.Claimed, Claim("r1", Guid.NewGuid(), "r3", Here).Outcome);
        Assert.Equal(ClaimOutcome.Claimed, Claim("r2", Guid.NewGuid(), "r4", Here).Outcome);
        Assert.Equal(ClaimOutcome.Unknown, Claim("r1", Guid.NewGuid(), "r5", Here).Outcome);
        Assert.Equal(ClaimOutcome.Unknown, Claim("r3", Guid.NewGuid(), "r5", Here).Outcome);
    }

    [Fact]
    public void Token_IsDeadOnceItsSuccessorWasUsed()
    {
        Begin("s", next: "r1", out _);
        Claim("r1", Guid.NewGuid(), "r2", Here);
        Claim("r2", Guid.NewGuid(), "r3", Here);
        Assert.Equal(ClaimOutcome.Unknown, Claim("r1", Guid.NewGuid(), "r4", Here).Outcome);
        Assert.Equal(ClaimOutcome.Claimed, Claim("r3", Guid.NewGuid(), "r4", Here).Outcome);
    }

    [Fact]
    public void AttachToken_ResumesNothing()
    {
        Begin("s", next: "r1", out _);
        Assert.Equal(ClaimOutcome.AlreadyClaimed, Claim("s", Guid.NewGuid(), "r2", Here).Outcome);
    }

    [Fact]
    public void WithoutAPosition_IsNoResume()
    {
        Begin("s", next: "r1", out _);
        Assert.Equal(ClaimOutcome.Unknown, Claim("r1", Guid.NewGuid(), "r2", from: null).Outcome);
        Assert.Equal(ClaimOutcome.Claimed, Claim("r1", Guid.NewGuid(), "r2", Here).Outcome);
    }

    [Fact]
    public void ReplacedConnection_HasNothingToSay()
    {
        Begin("s", next: "r1", out var old);
        Claim("r1", Guid.NewGuid(), "r2", Here);
        _table.Leave("s", old, EndCause.ClientDetached);
        Assert.Equal(SessionState.Claimed, _table.Find("s")!.State);
    }

    [Fact]
    public void GatewayOfTheReplacedConnection_IsTold()
    {
        Begin("s", next: "r1", out _);
        Claim("r1", Guid.NewGuid(), "r2", Here, gateway: "g2");
        Assert.Equal(EndCause.Resumed, Assert.Single(Renew("s", "g1")).Cause);
        Assert.Empty(Renew("s", "g2"));
    }

    [Fact]
    public void NobodyComesBack_SessionEndsWithItsFirstCause()
    {
        Begin("s", next: "r1", out var connection);
        _table.Leave("s", connection, EndCause.ClientGone);
        _clock.Advance(_options.ResumeWindow);
        Assert.NotNull(_table.Find("s"));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(_table.Find("s"));
        Assert.Equal(EndCause.ClientGone, _table.End("s", EndCause.Failed));
        Assert.Equal(ClaimOutcome.Unknown, Claim("r1", Guid.NewGuid(), "r2", Here).Outcome);
    }

    [Fact]
    public void GatewaySilent_SessionWaitsAndGoesOnWhenItIsHeardAgain()
    {
        Begin("s", next: "r1", out _);
        _clock.Advance(_options.LeaseTimeout + TimeSpan.FromSeconds(2));
        Assert.Equal((SessionState.Suspended, EndCause.GatewayLost), (_table.Find("s")!.State, _table.Find("s")!.Cause));
        Assert.Empty(Renew("s", "g1"));
        Assert.Equal(SessionState.Claimed, _table.Find("s")!.State);
    }

    [Fact]
    public void ClientGone_ALateRenewalDoesNotBringItBack()
    {
        Begin("s", next: "r1", out var connection);
        _table.Leave("s", connection, EndCause.ClientGone);
        Renew("s", "g1");
        Assert.Equal(SessionState.Suspended, _table.Find("s")!.State);
    }

    [Fact]
    public void LeftInGoodOrder_SessionIsOver()
    {
        Begin("s", next: "r1", out var connection);
        _table.Leave("s", connection, EndCause.ClientDetached);
        Assert.Null(_table.Find("s"));
    }

    [Fact]
    public void ClientThatCannotResume_SessionEndsWithItsConnection()
    {
        Begin("s", next: "", out var connection);
        _table.Leave("s", connection, EndCause.ClientGone);
        Assert.Null(_table.Find("s"));
    }

    [Theory]
    [InlineData(4, 0, 100)]
    [InlineData(0, 0, 100)]
    [InlineData(9, 0, 100)]
    [InlineData(4, 120, 120)]
    public void Position_LeadsToNothingFromBeforeTheSessionBegan(long epoch, long offset, long start)
    {
        _container.Stdio.Output.Append(Interfaces.Stdio.StdioStream.Stdout, new byte[100]);
        _container.MarkAttached();
        Begin("s", next: "r1", out _);
        _container.Stdio.Output.Append(Interfaces.Stdio.StdioStream.Stdout, new byte[100]);
        var there = Here with { Epoch = 4, Offset = 150 };
        Assert.Equal(150, Claim("r1", Guid.NewGuid(), "r2", there).StartOffset);
        var again = Claim("r2", Guid.NewGuid(), "r3", there with { Epoch = epoch, Offset = offset });
        Assert.Equal((4L, start), (again.Epoch, again.StartOffset));

        _table.Dispose();
        _table = Table();
        Assert.Equal(start, Claim("r3", Guid.NewGuid(), "r4", there with { Epoch = epoch, Offset = offset }).StartOffset);
    }

    [Fact]
    public void OutputOfAnotherEpoch_IsReadWhereTheClientSays()
    {
        _container.Stdio.Output.Append(Interfaces.Stdio.StdioStream.Stdout, new byte[100]);
        Begin("s", next: "r1", out _);
        _table.Dispose();
        _node.Add(new StillContainer("c1", _clock, epoch: 5));
        _table = Table();
        var again = Claim("r1", Guid.NewGuid(), "r2", Here with { Epoch = 5, Offset = 20 });
        Assert.Equal((5L, 20L), (again.Epoch, again.StartOffset));
    }

    [Fact]
    public void SuspendedWithStdinOnce_InputStaysOpenUntilTheWindowEnds()
    {
        Begin("s", next: "r1", out var connection);
        _table.Leave("s", connection, EndCause.ClientGone);
        Assert.False(_container.StdinClosed.Task.IsCompleted);
    }

    [Fact]
    public void TooManyWait_TheOneThatWaitedLongestEnds()
    {
        _options.MaxSuspended = 2;
        for (var i = 0; i < 3; i++)
        {
            Begin($"s{i}", next: $"r{i}", out var connection);
            _table.Leave($"s{i}", connection, EndCause.ClientGone);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Null(_table.Find("s0"));
        Assert.NotNull(_table.Find("s1"));
        Assert.NotNull(_table.Find("s2"));
    }

    [Fact]
    public void SiloRestarted_SessionIsResumedAndItsUnacknowledgedInputIsInDoubt()
    {
        Begin("s", next: "r1", out _);
        _table.Dispose();
        _node.Add(new StillContainer("c1", _clock));
        _table = Table();
        var again = Claim("r1", Guid.NewGuid(), "r2", Here);
        Assert.Equal((ClaimOutcome.Claimed, 3L, 3L), (again.Outcome, again.InputStart, again.InputDoubtBefore));
    }

    [Fact]
    public void NothingWasTyped_NothingIsInDoubt()
    {
        Begin("s", next: "r1", out _);
        var again = Claim("r1", Guid.NewGuid(), "r2", Here);
        Assert.Equal((0L, 0L), (again.InputStart, again.InputDoubtBefore));
    }

    private SessionTable Table() => new(_node, _journal, Options.Create(_options), _clock, NullLogger<SessionTable>.Instance);

    private ClaimResult Begin(string id, string next, out Guid connection)
    {
        connection = Guid.NewGuid();
        _table.Open(_container, new OpenSessionRequest
        {
            SessionId = id,
            Streams = new AttachStreams { Stdin = true, Stdout = true, Stderr = false, Tty = true },
        });
        return Claim(id, connection, next, from: null);
    }

    private ClaimResult Claim(string id, Guid nonce, string next, SessionPosition? from, string gateway = "g1") =>
        _table.Claim(id, new ClaimRequest { Nonce = nonce, Gateway = gateway, ResumeId = next, From = from });

    private IReadOnlyList<SessionChange> Renew(string id, string gateway) => _table.Renew(new SessionLease { Gateway = gateway, Sessions = [id] });
}
