using CriAttach.Grains.Sessions;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Nodes;
using CriAttach.Interfaces.Sessions;
using CriAttach.Interfaces.Stdio;

namespace CriAttach.Grains.Tests.Sessions;

public sealed class SessionTableTests : SessionTableTest
{
    [Fact]
    public void FirstClaim_WinsAndItsNonceGetsTheSameAnswerAgain()
    {
        Open("s");
        var nonce = Guid.NewGuid();
        var first = Claim("s", nonce);
        Assert.Equal(ClaimOutcome.Claimed, first.Outcome);
        Assert.Equal(first, Claim("s", nonce));
        Assert.Equal(ClaimOutcome.AlreadyClaimed, Claim("s", Guid.NewGuid()).Outcome);
    }

    [Fact]
    public void UnknownSession_IsUnknown() => Assert.Equal(ClaimOutcome.Unknown, Claim("absent").Outcome);

    [Fact]
    public void OpenTwice_IsTheSameSession()
    {
        var first = Open("s");
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(first, Open("s"));
        Claim("s");
        Assert.Throws<InvalidOperationException>(() => Open("s"));
    }

    [Fact]
    public void OpenThatComesAfterTheEnd_DoesNotMakeTheTokenGoodAgain()
    {
        Open("s");
        Claim("s");
        Table.End("s", EndCause.ClientDetached);
        Assert.Throws<InvalidOperationException>(() => Open("s"));
        Assert.Equal(ClaimOutcome.Unknown, Claim("s").Outcome);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public void ClockIsSet_TokenIsGoodForAsLongAsBefore(int hours)
    {
        Open("soon");
        Open("late");
        Clock.Ahead = TimeSpan.FromHours(hours);
        Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(ClaimOutcome.Claimed, Claim("soon").Outcome);
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(ClaimOutcome.Unknown, Claim("late").Outcome);
    }

    [Fact]
    public void ClockIsSetBackAndTheSiloBeginsAnew_TokenLivesNoLongerThanANewOne()
    {
        Open("s");
        Clock.Ahead = TimeSpan.FromHours(-2);
        Restart();
        Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(ClaimOutcome.Unknown, Claim("s").Outcome);
    }

    [Fact]
    public void ThousandTokensOut_TheNextIsRefusedUntilTheyExpire()
    {
        for (var i = 0; i < 1000; i++)
        {
            Open($"s{i}");
        }

        Assert.Throws<TooManySessionsException>(() => Open("one more"));
        Clock.Advance(TimeSpan.FromSeconds(61));
        Open("one more");
        Assert.Single(Table.Sessions);
        Assert.Equal(ClaimOutcome.Unknown, Claim("s0").Outcome);
    }

    [Fact]
    public void ClaimedSessions_DoNotCountAsTokens()
    {
        for (var i = 0; i < 1100; i++)
        {
            Open($"s{i}");
            Claim($"s{i}");
        }

        Assert.Equal(1100, Table.Sessions.Count);
    }

    [Fact]
    public void TokenAfterItsTime_IsUnknown()
    {
        Open("s");
        Clock.Advance(TimeSpan.FromSeconds(60.5));
        Assert.Equal(ClaimOutcome.Unknown, Claim("s").Outcome);
    }

    [Fact]
    public void QuietSessionThatIsRenewed_LivesForHours()
    {
        Open("s");
        Claim("s");
        for (var second = 0; second < 7200; second += 5)
        {
            Clock.Advance(TimeSpan.FromSeconds(5));
            Assert.Empty(Renew("s"));
        }

        Assert.NotNull(Table.Find("s"));
    }

    [Fact]
    public async Task SessionWithoutRenewal_EndsAsGatewayLostAndEndsItsInput()
    {
        Open("s");
        Claim("s");
        Clock.Advance(TimeSpan.FromSeconds(17));
        Assert.Null(Table.Find("s"));
        Assert.Equal(EndCause.GatewayLost, Assert.Single(Renew("s")).Cause);
        await Container.StdinClosed.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void FirstCauseWins()
    {
        Open("s");
        Assert.Equal(EndCause.ClientGone, Table.End("s", EndCause.ClientGone));
        Assert.Equal(EndCause.ClientGone, Table.End("s", EndCause.EndedByOperator));
        Assert.Equal(EndCause.None, Table.End("absent", EndCause.EndedByOperator));
    }

    [Fact]
    public void EndedTokens_MakeRoomForOthers()
    {
        for (var i = 0; i < 3000; i++)
        {
            Open($"s{i}");
            Table.End($"s{i}", EndCause.ClientGone);
        }

        Assert.Empty(Table.Sessions);
    }

    [Fact]
    public void ContainerGone_ClaimIsUnknown()
    {
        Open("s");
        Node.Forget("c1");
        Assert.Equal(ClaimOutcome.Unknown, Claim("s").Outcome);
        Assert.Equal(EndCause.ContainerRemoved, Table.End("s", EndCause.Failed));
    }

    [Fact]
    public void EndAll_EndsTheSessionsOfThatContainerOnly()
    {
        Node.Add(new StillContainer("c2", Clock));
        Open("a");
        Table.Open(Node.Find("c2")!, Request("b"));
        Table.EndAll("c1", EndCause.ContainerRemoved);
        Assert.Equal(["b"], Table.Sessions.Select(session => session.Key.Id));
    }

    [Fact]
    public void RestartedSilo_KnowsItsSessions()
    {
        Open("issued");
        Open("claimed");
        Open("ended");
        var nonce = Guid.NewGuid();
        var claim = Claim("claimed", nonce);
        Table.End("ended", EndCause.ClientGone);
        Restart();
        Assert.Equal(["claimed", "issued"], Table.Sessions.Select(session => session.Key.Id).Order());
        Assert.Equal(claim, Claim("claimed", nonce));
        Assert.Equal(ClaimOutcome.AlreadyClaimed, Claim("claimed").Outcome);
        Assert.Equal(ClaimOutcome.Claimed, Claim("issued").Outcome);
        Assert.Equal(ClaimOutcome.Unknown, Claim("ended").Outcome);
    }

    [Fact]
    public void RestartedSilo_CountsItsTokens()
    {
        for (var i = 0; i < 1000; i++)
        {
            Open($"s{i}");
        }

        Restart();
        Assert.Throws<TooManySessionsException>(() => Open("one more"));
        Claim("s0");
        Open("one more");
    }

    [Theory]
    [InlineData(Replay.Unseen, 0, 0)]
    [InlineData(Replay.None, 0, 10)]
    [InlineData(Replay.Tail, 4, 6)]
    [InlineData(Replay.Tail, -4, 10)]
    [InlineData(Replay.Tail, 1000, 0)]
    [InlineData(Replay.All, 0, 0)]
    public void Replay_SaysWhereTheFirstClientStarts(Replay replay, long bytes, long start)
    {
        Container.Stdio.Output.Append(StdioStream.Stdout, new byte[10]);
        Table.Open(Container, Request("s") with { Replay = replay, ReplayBytes = bytes });
        Assert.Equal(start, Claim("s").StartOffset);
    }

    [Fact]
    public void UnseenOutput_GoesToTheFirstOnlyAndIsCapped()
    {
        Container.Stdio.Output.Append(StdioStream.Stdout, new byte[1_000_000]);
        Open("a");
        Open("b");
        Assert.Equal(1_000_000 - (256 * 1024), Claim("a").StartOffset);
        Assert.Equal(1_000_000, Claim("b").StartOffset);
    }

    [Fact]
    public void Resize_BelongsToTheLastWhoAttachedAndNeverToAWatcher()
    {
        var size = new TerminalSize { Width = 80, Height = 25 };
        Table.Open(Container, Request("watcher") with { Streams = new AttachStreams { Stdin = false, Stdout = true, Stderr = false, Tty = true } });
        Claim("watcher");
        Assert.Null(Table.Resize("watcher", size));
        Open("a");
        Claim("a");
        Assert.Equal(size, Table.Resize("a", size));
        Open("b");
        Claim("b");
        Assert.Null(Table.Resize("a", size));
        Assert.Equal(size, Table.Resize("b", size));
        Assert.Null(Table.Resize("unclaimed", size));
    }

    [Fact]
    public void Wish_OfTheOpenedUrlGoesBeforeThatOfItsIssue()
    {
        Open("a");
        var plain = Claim("a");
        Assert.Equal((false, Delivery.Unset), (plain.ExitStatus, plain.Delivery));
        Open("b");
        var wish = new AttachWish { Replay = Replay.None, ExitStatus = true, Delivery = Delivery.NeverBlock };
        var wished = Table.Claim("b", new ClaimRequest { Nonce = Guid.NewGuid(), Gateway = "g", Wish = wish });
        Assert.Equal((true, Delivery.NeverBlock), (wished.ExitStatus, wished.Delivery));
    }

    [Fact]
    public void Options_DefaultsAreThoseOfTheirDocumentation()
    {
        Assert.Equal((60, 1000, 15, 262144), (Settings.TokenTtl.TotalSeconds, Settings.MaxUnclaimed, Settings.LeaseTimeout.TotalSeconds, Settings.UnseenBytes));
        Assert.True(new SessionOptionsValidator().Validate(null, Settings).Succeeded);
        Assert.True(new SessionOptionsValidator().Validate(null, new SessionOptions { MaxUnclaimed = 0 }).Failed);
    }

    private SessionInfo Open(string id) => Table.Open(Container, Request(id));

    private ClaimResult Claim(string id, Guid? nonce = null) => Table.Claim(id, new ClaimRequest { Nonce = nonce ?? Guid.NewGuid(), Gateway = "g" });

    private IReadOnlyList<SessionChange> Renew(string id) => Table.Renew(new SessionLease { Gateway = "g", Sessions = [id] });

    private static OpenSessionRequest Request(string id) => new()
    {
        SessionId = id,
        Streams = new AttachStreams { Stdin = true, Stdout = true, Stderr = false, Tty = true },
    };
}
