using Orleans.Placement;

namespace CriAttach.Grains.Placement;

/// <summary>Places a grain by <see cref="NodePlacement"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NodePlacementAttribute() : PlacementAttribute(NodePlacement.Instance);
