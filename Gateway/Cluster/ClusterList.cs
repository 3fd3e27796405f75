namespace CriAttach.Gateway.Cluster;

/// <summary>A list that spans nodes.</summary>
/// <typeparam name="T">What it lists.</typeparam>
/// <param name="Items">What the nodes answered.</param>
/// <param name="Unreachable">The nodes that did not: their part is missing.</param>
internal sealed record ClusterList<T>(IReadOnlyList<T> Items, IReadOnlyList<string> Unreachable)
{
    /// <summary>Gets the nodes that answered, those that hold nothing included.</summary>
    public IReadOnlyList<string> Answered { get; init; } = [];
}
