using CriAttach.Interfaces.Stdio;

namespace CriAttach.Streams.Log;

/// <summary>What one read of an archive gave.</summary>
/// <param name="Stream">The stream of all the bytes.</param>
/// <param name="Count">How many bytes; 0 when there are no more yet.</param>
public readonly record struct ArchiveRead(StdioStream Stream, int Count);
