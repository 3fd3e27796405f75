using CriAttach.Interfaces.Nodes;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Grains.Tests.Sessions;

public sealed class SessionResumeTests : SessionTableTest
{
    private static readonly SessionPosition Here = new() { Epoch = 4, Offset = 10, Input = 3 };


    [Fact]
    public void ConnectionBroke_ItsClientComesBackWhereItWas()
    {
        var first = Begin("s", next: "r1", out var connection);
        Assert.Equal(("s", Settings.ResumeWindow), (first.SessionId, first.ResumeWindow));
        Table.Leave("s", connection, EndCause.ClientGone);
        Assert.Equal((SessionState.Suspended, EndCause.ClientGone), (Table.Find("s")!.State, Table.Find("s")!.Cause));

        var again = Claim("r1", Guid.NewGuid(), "r2", Here);
        Assert.Equal((ClaimOutcome.Claimed, "s", 10L, 4L), (again.Outcome, again.SessionId, again.StartOffset, again.Epoch));
        Assert.Equal((SessionState.Claimed, EndCause.None), (Table.Find("s")!.State, Table.Find("s")!.Cause));
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
        Table.Leave("s", old, EndCause.ClientDetached);
        Assert.Equal(SessionState.Claimed, Table.Find("s")!.State);
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
        Table.Leave("s", connection, EndCause.ClientGone);
        Clock.Advance(Settings.ResumeWindow);
        Assert.NotNull(Table.Find("s"));
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(Table.Find("s"));
        Assert.Equal(EndCause.ClientGone, Table.End("s", EndCause.Failed));
        Assert.Equal(ClaimOutcome.Unknown, Claim("r1", Guid.NewGuid(), "r2", Here).Outcome);
    }

    [Fact]
    public void GatewaySilent_SessionWaitsAndGoesOnWhenItIsHeardAgain()
    {
        Begin("s", next: "r1", out _);
        Clock.Advance(Settings.LeaseTimeout + TimeSpan.FromSeconds(2));
        Assert.Equal((SessionState.Suspended, EndCause.GatewayLost), (Table.Find("s")!.State, Table.Find("s")!.Cause));
        Assert.Empty(Renew("s", "g1"));
        Assert.Equal(SessionState.Claimed, Table.Find("s")!.State);
    }

    [Fact]
    public void ClientGone_ALateRenewalDoesNotBringItBack()
    {
        Begin("s", next: "r1", out var connection);
        Table.Leave("s", connection, EndCause.ClientGone);
        Renew("s", "g1");
        Assert.Equal(SessionState.Suspended, Table.Find("s")!.State);
    }

    [Fact]
    public void LeftInGoodOrder_SessionIsOver()
    {
        Begin("s", next: "r1", out var connection);
        Table.Leave("s", connection, EndCause.ClientDetached);
        Assert.Null(Table.Find("s"));
    }

    [Fact]
    public void ClientThatCannotResume_SessionEndsWithItsConnection()
    {
        Begin("s", next: "", out var connection);
        Table.Leave("s", connection, EndCause.ClientGone);
        Assert.Null(Table.Find("s"));
    }

    [Theory]
    [InlineData(4, 0, 100)]
    [InlineData(0, 0, 100)]
    [InlineData(9, 0, 100)]
    [InlineData(4, 120, 120)]
    public void Position_LeadsToNothingFromBeforeTheSessionBegan(long epoch, long offset, long start)
    {
        Container.Stdio.Output.Append(Interfaces.Stdio.StdioStream.Stdout, new byte[100]);
        Container.MarkAttached();
        Begin("s", next: "r1", out _);
        Container.Stdio.Output.Append(Interfaces.Stdio.StdioStream.Stdout, new byte[100]);
        var there = Here with { Epoch = 4, Offset = 150 };
        Assert.Equal(150, Claim("r1", Guid.NewGuid(), "r2", there).StartOffset);
        var again = Claim("r2", Guid.NewGuid(), "r3", there with { Epoch = epoch, Offset = offset });
        Assert.Equal((4L, start), (again.Epoch, again.StartOffset));

        Restart();
        Assert.Equal(start, Claim("r3", Guid.NewGuid(), "r4", there with { Epoch = epoch, Offset = offset }).StartOffset);
    }

    [Fact]
    public void OutputOfAnotherEpoch_IsReadWhereTheClientSays()
    {
        Container.Stdio.Output.Append(Interfaces.Stdio.StdioStream.Stdout, new byte[100]);
        Begin("s", next: "r1", out _);
        Node.Add(new StillContainer("c1", Clock, epoch: 5));
        Restart();
        var again = Claim("r1", Guid.NewGuid(), "r2", Here with { Epoch = 5, Offset = 20 });
        Assert.Equal((5L, 20L), (again.Epoch, again.StartOffset));
    }

    [Fact]
    public void SuspendedWithStdinOnce_InputStaysOpenUntilTheWindowEnds()
    {
        Begin("s", next: "r1", out var connection);
        Table.Leave("s", connection, EndCause.ClientGone);
        Assert.False(Container.StdinClosed.Task.IsCompleted);
    }

    [Fact]
    public void TooManyWait_TheOneThatWaitedLongestEnds()
    {
        Settings.MaxSuspended = 2;
        for (var i = 0; i < 3; i++)
        {
            Begin($"s{i}", next: $"r{i}", out var connection);
            Table.Leave($"s{i}", connection, EndCause.ClientGone);
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Null(Table.Find("s0"));
        Assert.NotNull(Table.Find("s1"));
        Assert.NotNull(Table.Find("s2"));
    }

    [Fact]
    public void OneMakesRoomForAnotherWhenItsOwnTimeIsUp_EndsOnce()
    {
        Settings.MaxSuspended = 1;
        Begin("s0", next: "r0", out _);
        Begin("s1", next: "r1", out var connection);
        Table.Leave("s1", connection, EndCause.ClientGone);
        Clock.Advance(Settings.ResumeWindow - Settings.LeaseTimeout);
        Renew("s0", "g1");
        Clock.Advance(Settings.LeaseTimeout + TimeSpan.FromSeconds(1));
        Assert.Equal(SessionState.Suspended, Table.Find("s0")!.State);
        Assert.Equal("s1", Assert.Single(Table.Ended).Key.Id);
    }

    [Fact]
    public void SiloRestarted_SessionIsResumedAndItsUnacknowledgedInputIsInDoubt()
    {
        Begin("s", next: "r1", out _);
        Node.Add(new StillContainer("c1", Clock));
        Restart();
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

    private ClaimResult Begin(string id, string next, out Guid connection)
    {
        connection = Guid.NewGuid();
        Table.Open(Container, new OpenSessionRequest
        {
            SessionId = id,
            Streams = new AttachStreams { Stdin = true, Stdout = true, Stderr = false, Tty = true },
        });
        return Claim(id, connection, next, from: null);
    }

    private ClaimResult Claim(string id, Guid nonce, string next, SessionPosition? from, string gateway = "g1") =>
        Table.Claim(id, new ClaimRequest { Nonce = nonce, Gateway = gateway, ResumeId = next, From = from });

    private IReadOnlyList<SessionChange> Renew(string id, string gateway) => Table.Renew(new SessionLease { Gateway = gateway, Sessions = [id] });
}
