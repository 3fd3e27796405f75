using CriAttach.AdminApi;
using CriAttach.Gateway.Admin.Events;

namespace CriAttach.Gateway.Tests.Admin.Events;

public sealed class EndedSessionsTests
{
    private readonly EndedSessions _ended = new();

    [Fact]
    public void WhatEndedBefore_IsHistory() => Assert.Empty(_ended.Next([Session("a", "n1")], []));

    [Fact]
    public void WhatEndsThen_IsNewsOnce()
    {
        _ended.Next([Session("a", "n1")], []);
        Assert.Equal(["b"], _ended.Next([Session("b", "n1"), Session("a", "n1")], []).Select(session => session.Id));
        Assert.Empty(_ended.Next([Session("b", "n1"), Session("a", "n1")], []));
    }

    [Fact]
    public void NodeThatWasSilentForATime_IsNoNewsAgain()
    {
        _ended.Next([Session("a", "n1"), Session("b", "n2")], []);
        Assert.Empty(_ended.Next([Session("b", "n2")], ["n1"]));
        Assert.Empty(_ended.Next([Session("a", "n1"), Session("b", "n2")], []));
    }

    private static SessionView Session(string id, string node) => new()
    {
        Id = id,
        Node = node,
        Container = "c",
        State = SessionPhase.Ended,
        IssuedAt = DateTimeOffset.UnixEpoch,
    };
}
