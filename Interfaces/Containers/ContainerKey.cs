namespace CriAttach.Interfaces.Containers;

/// <summary>The key of a container grain: <c>{node}/{containerId}</c>. The node is in the key, so placement needs no lookup.</summary>
[GenerateSerializer, Immutable, Alias("criattach.ContainerKey")]
public readonly record struct ContainerKey
{
    private ContainerKey(string node, string containerId)
    {
        Node = node;
        ContainerId = containerId;
    }

    /// <summary>Gets the name of the node that runs the container.</summary>
    [Id(0)]
    public string Node { get; private init; }

    /// <summary>Gets the container's full id.</summary>
    [Id(1)]
    public string ContainerId { get; private init; }

    /// <summary>Makes the key of a container.</summary>
    /// <param name="node">The node's name; without a slash.</param>
    /// <param name="containerId">The container's full id.</param>
    /// <exception cref="ArgumentException">A part is empty, or the node's name has a slash in it.</exception>
    public static ContainerKey For(string node, string containerId)
    {
        ArgumentException.ThrowIfNullOrEmpty(node);
        ArgumentException.ThrowIfNullOrEmpty(containerId);
        if (node.Contains('/', StringComparison.Ordinal))
        {
            throw new ArgumentException($"a node's name has no slash in it: '{node}'", nameof(node));
        }

        return new ContainerKey(node, containerId);
    }

    /// <summary>Reads a key that <see cref="ToString"/> wrote.</summary>
    /// <param name="key">The key's text.</param>
    /// <exception cref="FormatException">The text is not of the form <c>{node}/{containerId}</c>.</exception>
    public static ContainerKey Parse(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < key.Length - 1
            ? new ContainerKey(key[..slash], key[(slash + 1)..])
            : throw new FormatException($"not a container key: '{key}'");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Node}/{ContainerId}";
}
