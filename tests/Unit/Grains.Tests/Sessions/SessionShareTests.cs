using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Nodes;
using CriAttach.Interfaces.Sessions;
using CriAttach.Interfaces.Stdio;

namespace CriAttach.Grains.Tests.Sessions;

/// <summary>What sessions of one container have of it: who may type, and whose window counts.</summary>
public sealed class SessionShareTests : SessionTableTest
{
    private static readonly TerminalSize Small = new() { Width = 80, Height = 24 };
    private static readonly TerminalSize Large = new() { Width = 200, Height = 50 };


    [Fact]
    public void Peers_AllMayType()
    {
        Attach("ann");
        Assert.True(Attach("bob").Share!.MayType);
        Assert.True(MayType("ann"));
    }

    [Fact]
    public void Observer_MayNotTypeAndDoesNotBlock()
    {
        var claim = Attach("eve", SessionRole.Observer);
        Assert.Equal((false, Delivery.NeverBlock), (claim.Share!.MayType, claim.Delivery));
        Assert.Equal(SessionRole.Observer, Table.Find("eve")!.Role);
    }

    [Fact]
    public void Observer_ThatAskedForIt_MaySlowDown() =>
        Assert.Equal(Delivery.Throttle, Attach("eve", SessionRole.Observer, Delivery.Throttle).Delivery);

    [Fact]
    public void Client_MayAskForLessThanItWasGivenAndNotForMore()
    {
        Open("ann");
        Open("eve", SessionRole.Observer);
        Claim("ann", new AttachWish { Role = SessionRole.Observer });
        Claim("eve", new AttachWish { Role = SessionRole.Peer });
        Assert.Equal([SessionRole.Observer, SessionRole.Observer], Table.Sessions.Select(session => session.Role));
    }

    [Fact]
    public void InputHandedOver_OnlyTheHolderMayTypeUntilItIsReleased()
    {
        Attach("ann");
        Attach("bob");
        Attach("eve", SessionRole.Observer);
        Assert.True(Table.HoldInput("eve", hold: true)!.MayType);
        Assert.Equal((false, false, true), (MayType("ann"), MayType("bob"), MayType("eve")));
        Assert.False(Table.HoldInput("eve", hold: false)!.MayType);
        Assert.Equal((true, true, false), (MayType("ann"), MayType("bob"), MayType("eve")));
    }

    [Fact]
    public void Holder_TakesTheInputFromTheOneBefore()
    {
        Attach("ann");
        Attach("bob");
        Table.HoldInput("ann", hold: true);
        Table.HoldInput("bob", hold: true);
        Assert.Equal((false, true), (MayType("ann"), MayType("bob")));
        Assert.Equal("bob", Table.WithHolder(Container.Info).InputHolder);
    }

    [Fact]
    public void ReleaseByAnother_ChangesNothing()
    {
        Attach("ann");
        Attach("bob");
        Table.HoldInput("ann", hold: true);
        Table.HoldInput("bob", hold: false);
        Assert.True(MayType("ann"));
        Assert.False(MayType("bob"));
    }

    [Fact]
    public void HolderEnds_AllPeersMayTypeAgain()
    {
        Attach("ann");
        Attach("bob");
        Table.HoldInput("ann", hold: true);
        Table.End("ann", EndCause.ClientDetached);
        Assert.True(MayType("bob"));
        Assert.Equal("", Table.WithHolder(Container.Info).InputHolder);
    }

    [Fact]
    public void WhoComesWhileAnotherHolds_IsToldSoAtOnce()
    {
        Attach("ann");
        Table.HoldInput("ann", hold: true);
        var share = Attach("bob").Share!;
        Assert.Equal((false, "ann"), (share.MayType, share.Holder));
    }

    [Fact]
    public void WhoCannotType_IsNotGivenTheInput()
    {
        Open("unclaimed");
        Assert.Throws<ContainerStateException>(() => Table.HoldInput("unclaimed", hold: true));
        Attach("watcher", stdin: false);
        Assert.Throws<ContainerStateException>(() => Table.HoldInput("watcher", hold: true));
        Assert.Null(Table.HoldInput("absent", hold: true));
    }

    [Fact]
    public void Restart_TheHolderHoldsOn()
    {
        Attach("ann");
        Attach("bob");
        Table.HoldInput("bob", hold: true);
        Restart();
        Assert.Equal((false, true), (MayType("ann"), MayType("bob")));
    }

    [Fact]
    public void Renewal_TellsWhatIsNewUntilItWasSeen()
    {
        Attach("ann");
        Attach("bob");
        var first = Assert.Single(Renew("ann", 0));
        Assert.Equal((EndCause.None, true), (first.Cause, first.Share!.MayType));
        Assert.Empty(Renew("ann", first.Revision));
        Table.HoldInput("bob", hold: true);
        var second = Assert.Single(Renew("ann", first.Revision));
        Assert.Equal((false, "bob"), (second.Share!.MayType, second.Share.Holder));

        // The answer was lost: it is told again.
        Assert.Equal(second, Assert.Single(Renew("ann", first.Revision)));
        Assert.Empty(Renew("ann", second.Revision));
    }

    [Fact]
    public void Renewal_ByAGatewayThatKnowsNoShares_TellsEndsOnly()
    {
        Attach("ann");
        Assert.Empty(Table.Renew(new SessionLease { Gateway = "g", Sessions = ["ann"] }));
    }

    [Fact]
    public void Size_IsThatOfWhoMayTypeAndToldToTheOthers()
    {
        Attach("ann");
        Attach("eve", SessionRole.Observer);
        Assert.Equal(Large, Table.Resize("ann", Large));
        Assert.Null(Table.Resize("eve", Small));
        Assert.Equal(Large, Assert.Single(Renew("eve", 0)).Share!.Size);
        Assert.Null(Assert.Single(Renew("ann", 0)).Share!.Size);
        Assert.True(Table.Find("ann")!.OwnsSize);
    }

    [Fact]
    public void Size_OfWhoIsGivenTheInputComesWithIt()
    {
        Attach("ann");
        Attach("eve", SessionRole.Observer);
        Table.Resize("ann", Large);
        Table.Resize("eve", Small);
        Table.HoldInput("eve", hold: true);
        Assert.True(Table.Find("eve")!.OwnsSize);
        Assert.Equal(Small, Assert.Single(Renew("ann", 0)).Share!.Size);
    }

    [Fact]
    public void EndedByOperator_IsTellableWithItsMessageAndRemembered()
    {
        Attach("ann");
        Table.End("ann", EndCause.EndedByOperator, "maintenance");
        var change = Assert.Single(Renew("ann", 0));
        Assert.Equal((EndCause.EndedByOperator, "maintenance"), (change.Cause, change.Message));
        var ended = Assert.Single(Table.Ended);
        Assert.Equal((SessionState.Ended, EndCause.EndedByOperator, "maintenance"), (ended.State, ended.Cause, ended.Message));
        Assert.NotNull(ended.EndedAt);
    }

    [Fact]
    public void EndedSessions_TheNewestFirstAndNotMoreThanTheBound()
    {
        for (var i = 0; i < 300; i++)
        {
            Attach($"s{i}");
            Table.End($"s{i}", EndCause.ClientDetached);
        }

        Assert.Equal(256, Table.Ended.Count);
        Assert.Equal("s299", Table.Ended[0].Key.Id);
    }

    [Fact]
    public void Client_IsWhatTheIssuerSaysOrElseWhatItSaysItself()
    {
        Open("ann", client: "Ann's dashboard");
        Open("bob");
        Claim("ann");
        Claim("bob");
        Assert.Equal(["Ann's dashboard", "kubectl"], Table.Sessions.Select(session => session.Client));
        Assert.All(Table.Sessions, session => Assert.Equal("192.0.2.7", session.Address));
    }

    private bool MayType(string id) => Table.Find(id)!.MayType;

    private ClaimResult Attach(string id, SessionRole role = SessionRole.Peer, Delivery delivery = Delivery.Unset, bool stdin = true)
    {
        Open(id, role, delivery, stdin);
        return Claim(id);
    }

    private void Open(string id, SessionRole role = SessionRole.Peer, Delivery delivery = Delivery.Unset, bool stdin = true, string client = "") =>
        Table.Open(Container, new OpenSessionRequest
        {
            SessionId = id,
            Streams = new AttachStreams { Stdin = stdin, Stdout = true, Stderr = false, Tty = true },
            Role = role,
            Delivery = delivery,
            Client = client,
        });

    private ClaimResult Claim(string id, AttachWish? wish = null) =>
        Table.Claim(id, new ClaimRequest { Nonce = Guid.NewGuid(), Gateway = "g", Wish = wish, Client = "kubectl", Address = "192.0.2.7" });

    private IReadOnlyList<SessionChange> Renew(string id, long seen) =>
        Table.Renew(new SessionLease { Gateway = "g", Sessions = [id], Seen = [seen] });
}
