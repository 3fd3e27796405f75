namespace CriAttach.Gateway.Cluster;

/// <summary>A place in a container's output.</summary>
/// <param name="Offset">The offset of the next byte.</param>
/// <param name="Epoch">The continuity that the offset counts in.</param>
internal readonly record struct StdioPosition(long Offset, long Epoch);
