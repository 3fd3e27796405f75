using CriAttach.AdminApi;
using CriAttach.Gateway.Admin;
using CriAttach.Gateway.Cluster;
using CriAttach.Interfaces.Containers;
using Microsoft.AspNetCore.Http;

namespace CriAttach.Gateway.Tests.Admin;

public sealed class ContainerQueryTests
{
    private static readonly ContainerInfo[] All =
    [
        Container("n2", "a1", "web", "prod", "shop", ["nginx", "-g", "daemon off;"], ("app", "web"), ("tier", "front")),
        Container("n1", "b2", "db", "prod", "shop", ["postgres"], ("app", "db")),
        Container("n1", "c3", "job", "test", "batch", ["sh", "-c", "exit 1"]) with { State = ContainerState.Exited },
        Container("n1", "d4", "Cache", "", "", ["redis-server"], ("app", "cache")) with { Spec = Container("n1", "d4", "Cache", "", "", ["redis-server"], ("app", "cache")).Spec with { Runtime = "criupstream" } },
    ];

    [Fact]
    public void NoFilter_AllInOrder()
    {
        var list = new ContainerQuery().Page(new(All, ["n3"]));
        Assert.Equal(["d4", "b2", "c3", "a1"], list.Containers.Select(container => container.Id));
        Assert.Equal((4, null), (list.Total, list.Continue));
        Assert.Equal(["n3"], list.UnreachableNodes);
    }

    [Fact]
    public void Owned_IsWhatOtherRuntimesDoNotHold() =>
        Assert.Equal(["d4"], new ContainerQuery().Page(new(All, [])).Containers.Where(container => !container.Owned).Select(container => container.Id));

    [Theory]
    [InlineData("prod", null, "b2,a1")]
    [InlineData(null, "batch", "c3")]
    [InlineData("prod", "batch", "")]
    [InlineData("", "", "d4,b2,c3,a1")]
    public void NamespaceAndPod(string? podNamespace, string? pod, string expected) =>
        AssertIds(expected, new ContainerQuery { Namespace = podNamespace, Pod = pod });

    [Theory]
    [InlineData("app", "d4,b2,a1")]
    [InlineData("app=web", "a1")]
    [InlineData("app=", "")]
    [InlineData("app=web,tier=front", "a1")]
    [InlineData("app=db,tier", "")]
    public void Labels_AllMustBeThere(string labels, string expected) =>
        AssertIds(expected, new ContainerQuery { Labels = [.. labels.Split(',').Select(LabelTest.Parse)] });

    [Theory]
    [InlineData("a1", "a1")]
    [InlineData("CACHE", "d4")]
    [InlineData("n2", "a1")]
    [InlineData("shop", "b2,a1")]
    [InlineData("prod", "b2,a1")]
    [InlineData("-c exit", "c3")]
    [InlineData("nothing", "")]
    public void Text_OccursSomewhere(string text, string expected) => AssertIds(expected, new ContainerQuery { Text = text });

    [Fact]
    public void State_AtTheNodesAndHere()
    {
        var query = new ContainerQuery { State = ContainerQuery.StateOf(ContainerPhase.Exited) };
        Assert.Equal(ContainerState.Exited, query.AtNodes.State);
        AssertIds("c3", query);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5000)]
    public void Pages_HoldEachOnce(int limit)
    {
        var ids = new List<string>();
        string? next = null;
        do
        {
            var page = new ContainerQuery { Limit = limit, From = ContainerPlace.Parse(next) }.Page(new(All, []));
            Assert.InRange(page.Containers.Count, 1, limit);
            Assert.Equal(4, page.Total);
            ids.AddRange(page.Containers.Select(container => container.Id));
            next = page.Continue;
        }
        while (next is not null);
        Assert.Equal(["d4", "b2", "c3", "a1"], ids);
    }

    [Fact]
    public void Page_WhoseBeginningIsGone_GoesOnBehindIt()
    {
        var first = new ContainerQuery { Limit = 2 }.Page(new(All, []));
        var rest = new ContainerQuery { From = ContainerPlace.Parse(first.Continue) }.Page(new(All[..1], []));
        Assert.Equal(["a1"], rest.Containers.Select(container => container.Id));
        Assert.Empty(new ContainerQuery { From = ContainerPlace.Parse(first.Continue) }.Page(new(All[3..], [])).Containers);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(5001)]
    public void Limit_OutOfRange_IsBad(int limit) => Assert.Throws<BadHttpRequestException>(() => ContainerQuery.LimitOf(limit));

    [Theory]
    [InlineData("x")]
    [InlineData("!!")]
    [InlineData("WyJhIl0")]
    [InlineData("e30")]
    public void Continue_OfSomethingElse_IsBad(string text) => Assert.Throws<BadHttpRequestException>(() => ContainerPlace.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("=x")]
    public void Label_WithoutKey_IsBad(string text) => Assert.Throws<BadHttpRequestException>(() => LabelTest.Parse(text));

    private static void AssertIds(string expected, ContainerQuery query) =>
        Assert.Equal(expected, string.Join(',', query.Page(new ClusterList<ContainerInfo>(All, [])).Containers.Select(container => container.Id)));

    private static ContainerInfo Container(
        string node, string id, string name, string podNamespace, string pod, string[] args, params (string Key, string Value)[] labels) => new()
        {
            Key = ContainerKey.For(node, id),
            Spec = new ContainerSpec
            {
                Runtime = "conmon",
                Name = name,
                PodNamespace = podNamespace,
                PodName = pod,
                Args = args,
                Labels = labels.ToDictionary(label => label.Key, label => label.Value),
            },
            State = ContainerState.Running,
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
}
