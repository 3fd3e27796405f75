using CriAttach.AdminApi;
using CriAttach.Gateway.Admin.Events;

namespace CriAttach.Gateway.Tests.Admin.Events;

public sealed class EndedSessionsTests
{
    private readonly EndedSessions _ended = new();

    [Fact]
    public void WhatEndedBefore_IsHistory() => Assert.Empty(Next(["n1"], Session("a", "n1")));

    [Fact]
    public void WhatEndsThen_IsNewsOnce()
    {
        Next(["n1"], Session("a", "n1"));
        Assert.Equal(["b"], Next(["n1"], Session("b", "n1"), Session("a", "n1")));
        Assert.Empty(Next(["n1"], Session("b", "n1"), Session("a", "n1")));
    }

    [Fact]
    public void FirstToEndOnANode_IsNews()
    {
        Next(["n1"]);
        Assert.Equal(["a"], Next(["n1"], Session("a", "n1")));
    }

    [Fact]
    public void NodeThatWasSilentForATime_IsNoNewsAgain()
    {
        Next(["n1", "n2"], Session("a", "n1"), Session("b", "n2"));
        Assert.Empty(NextWithSilent("n1", ["n2"], Session("b", "n2")));
        Assert.Equal(["c"], Next(["n1", "n2"], Session("a", "n1"), Session("b", "n2"), Session("c", "n1")));
    }

    [Fact]
    public void NodeThatWasSilentAtFirst_HasAHistoryToo()
    {
        NextWithSilent("n1", ["n2"], Session("b", "n2"));
        Assert.Empty(Next(["n1", "n2"], Session("a", "n1"), Session("b", "n2")));
        Assert.Equal(["c"], Next(["n1", "n2"], Session("c", "n1"), Session("a", "n1"), Session("b", "n2")));
    }

    [Fact]
    public void NodeThatLeavesAndComesAgain_HasAHistoryToo()
    {
        Next(["n1", "n2"], Session("a", "n1"));
        Assert.Empty(Next(["n2"]));
        Assert.Empty(Next(["n1", "n2"], Session("a", "n1")));
    }

    [Fact]
    public void WhatWasLiveAMomentAgo_IsNoHistory() =>
        Assert.Equal(["a"], _ended.Next([Session("a", "n1"), Session("b", "n1")], ["n1"], [], session => session.Id == "a").Select(session => session.Id));

    private static SessionView Session(string id, string node) => new()
    {
        Id = id,
        Node = node,
        Container = "c",
        State = SessionPhase.Ended,
        IssuedAt = DateTimeOffset.UnixEpoch,
    };

    private IEnumerable<string> Next(string[] answered, params SessionView[] ended) => NextWithSilent(silent: null, answered, ended);

    private IEnumerable<string> NextWithSilent(string? silent, string[] answered, params SessionView[] ended) =>
        _ended.Next(ended, answered, silent is null ? [] : [silent], _ => false).Select(session => session.Id);
}
