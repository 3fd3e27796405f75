using CriAttach.Grains.Directory;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Directory;
using CsCheck;

namespace CriAttach.Grains.Tests.Directory;

public sealed class NodeShardTests
{
    private static readonly DirectoryLease Lease = new() { Node = "n1", Incarnation = 1, Revision = 1 };

    [Theory]
    [InlineData("a", 2)]
    [InlineData("ab", 2)]
    [InlineData("abc", 1)]
    [InlineData("abcd", 0)]
    [InlineData("web", 1)]
    [InlineData("we", 0)]
    [InlineData("zz", 0)]
    public void Prefix_FindsIdsButNotNames(string reference, int matches)
    {
        var shard = new NodeShard(Lease, [Entry("abc", "1"), Entry("abd", "2"), Entry("web", "1", byPrefix: false), Entry("b", "3")], 0);
        var found = new List<ContainerKey>();
        shard.Find(reference, found);
        Assert.Equal(matches, found.Count);
    }

    [Fact]
    public void SameContainerByTwoReferences_CountsOnce()
    {
        var shard = new NodeShard(Lease, [Entry("abc", "1"), Entry("ab", "1", byPrefix: false)], 0);
        var found = new List<ContainerKey>();
        shard.Find("ab", found);
        Assert.Single(found);
    }

    [Fact]
    public void AnyEntriesAndReference_IsWhatALinearSearchFinds() =>
        Gen.Select(Gen.Select(Gen.String[Gen.Char["abc"], 1, 4], Gen.Bool).Array[0, 20], Gen.String[Gen.Char["abc"], 1, 4]).Sample(
            (entries, reference) =>
            {
                var shard = new NodeShard(Lease, [.. entries.Select((entry, i) => Entry(entry.Item1, $"{i}", entry.Item2))], 0);
                var found = new List<ContainerKey>();
                shard.Find(reference, found);
                var expected = entries.Count(entry => entry.Item2 ? entry.Item1.StartsWith(reference, StringComparison.Ordinal) : entry.Item1 == reference);
                Assert.Equal(Math.Min(2, expected), found.Count);
            });

    [Fact]
    public void References_AreIdNameAndPodPathAndNeverEmpty()
    {
        var info = new ContainerInfo { Key = ContainerKey.For("n1", "abc"), Spec = new ContainerSpec(), State = ContainerState.Running, CreatedAt = default };
        Assert.Equal(["abc"], References.Of(info).Select(entry => entry.Reference));
        info = info with { Spec = new ContainerSpec { Name = "web", PodName = "p", PodNamespace = "ns" } };
        Assert.Equal(["abc", "web", "ns/p/web"], References.Of(info).Select(entry => entry.Reference));
        Assert.All(["a", "abc", "web", "ns/p/web"], reference => Assert.True(References.Names(info, reference)));
        Assert.All(["", "we", "b", "ns/p"], reference => Assert.False(References.Names(info, reference)));
    }

    private static DirectoryEntry Entry(string reference, string container, bool byPrefix = true) =>
        new() { Reference = reference, Container = ContainerKey.For("n1", container), ByPrefix = byPrefix };
}
