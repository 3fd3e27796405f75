namespace CriAttach.Grains.Placement;

/// <summary>
/// A grain whose key begins with a node's name lives on that node's silo and nowhere else. The place follows from the key and the membership
/// alone, so no grain directory is written, and with <see cref="NodeGrainDirectory"/> none is asked: another silo's death cannot touch such a grain.
/// </summary>
[GenerateSerializer, Immutable, Alias("criattach.NodePlacement")]
internal sealed class NodePlacement : PlacementStrategy
{
    /// <summary>Gets the one instance; it has no state.</summary>
    public static NodePlacement Instance { get; } = new();

    /// <inheritdoc/>
    public override bool IsUsingGrainDirectory => false;
}
