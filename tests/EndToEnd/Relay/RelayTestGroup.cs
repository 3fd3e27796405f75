namespace CriAttach.EndToEnd.Tests.Relay;

/// <summary>The tests that share one containerd and one gateway in front of it.</summary>
[CollectionDefinition(Name)]
public sealed class RelayTestGroup : ICollectionFixture<ContainerdNode>
{
    /// <summary>The group's name.</summary>
    public const string Name = "Relay";
}
