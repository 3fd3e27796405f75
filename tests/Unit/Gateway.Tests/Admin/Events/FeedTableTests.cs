using System.Text;
using System.Text.Json;
using CriAttach.AdminApi;
using CriAttach.Gateway.Admin.Events;

namespace CriAttach.Gateway.Tests.Admin.Events;

public sealed class FeedTableTests
{
    private readonly FeedTable<SessionView> _table = new(FeedEvents.Sessions, AdminJson.Default.SessionView, FeedNames.Of);

    [Fact]
    public void FirstMoment_TellsAll_SecondNothing()
    {
        Assert.Equal(["a", "b"], Set(_table.Next([Session("a"), Session("b")], [], [])));
        Assert.Empty(_table.Next([Session("b"), Session("a")], [], []));
        Assert.Equal(2, _table.All.Count);
    }

    [Fact]
    public void AnyField_ThatChanges_IsTold()
    {
        _table.Next([Session("a"), Session("b")], [], []);
        Assert.Equal(["b"], Set(_table.Next([Session("a"), Session("b") with { Gateway = "g2" }], [], [])));
        Assert.Empty(_table.Next([Session("a"), Session("b") with { Gateway = "g2" }], [], []));
    }

    [Fact]
    public void Missing_IsGone()
    {
        _table.Next([Session("a"), Session("b")], [], []);
        var events = _table.Next([Session("b")], [], []);
        Assert.Equal(["a"], Gone(events));
        Assert.Empty(Set(events));
        Assert.Equal(["a"], Set(_table.Next([Session("a"), Session("b")], [], [])));
    }

    [Fact]
    public void MissingOnASilentNode_IsNotGone()
    {
        _table.Next([Session("a", "n1"), Session("b", "n2")], [], []);
        Assert.Empty(_table.Next([Session("b", "n2")], ["n1"], []));
        Assert.Equal(2, _table.All.Count);
        Assert.Empty(_table.Next([Session("a", "n1"), Session("b", "n2")], [], []));
        Assert.Equal(["a"], Gone(_table.Next([Session("b", "n2")], [], [])));
    }

    [Fact]
    public void Ended_IsToldOnceMore_AndIsInNothingAfter()
    {
        _table.Next([Session("a")], [], []);
        var events = _table.Next([], [], [Session("a") with { State = SessionPhase.Ended, Cause = SessionCause.ClientDetached }]);
        Assert.Equal(["a"], Set(events));
        Assert.Empty(Gone(events));
        Assert.Contains("clientDetached", Encoding.UTF8.GetString(events[0]), StringComparison.Ordinal);
        Assert.Empty(_table.All);
        Assert.Empty(_table.Next([], [], []));
    }

    [Fact]
    public void ManyChanges_ComeInEventsOfBoundedLength()
    {
        var all = Enumerable.Range(0, 1200).Select(number => Session($"s{number}")).ToList();
        var events = _table.Next(all, [], []);
        Assert.Equal(3, events.Count);
        Assert.Equal(1200, Set(events).Count);
        Assert.Equal(3, _table.Next([], [], []).Count);
    }

    [Fact]
    public void Event_IsOneOfServerSentEvents()
    {
        var text = Encoding.UTF8.GetString(Assert.Single(_table.Next([Session("a") with { Message = "two\nlines" }], [], [])));
        Assert.StartsWith("event: sessions\ndata: {\"set\":[", text, StringComparison.Ordinal);
        Assert.EndsWith("}\n\n", text, StringComparison.Ordinal);
        Assert.Equal(4, text.Split('\n').Length);
    }

    private static SessionView Session(string id, string node = "n1") => new()
    {
        Id = id,
        Node = node,
        Container = "c",
        State = SessionPhase.Claimed,
        IssuedAt = DateTimeOffset.UnixEpoch,
    };

    private static List<string> Set(IEnumerable<byte[]> events) => [.. events.SelectMany(text => Changes(text).Set).Select(session => session.Id)];

    private static List<string> Gone(IEnumerable<byte[]> events) => [.. events.SelectMany(text => Changes(text).Gone).Select(name => name.Id)];

    private static SessionChanges Changes(byte[] text) =>
        JsonSerializer.Deserialize(Encoding.UTF8.GetString(text).Split('\n')[1]["data: ".Length..], AdminJson.Default.SessionChanges)!;
}
