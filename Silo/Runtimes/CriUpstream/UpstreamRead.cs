using CriAttach.Interfaces.Stdio;

namespace CriAttach.Silo.Runtimes.CriUpstream;

/// <summary>What one read of an attachment gave.</summary>
/// <param name="Stream">The stream of all the bytes.</param>
/// <param name="Count">How many bytes; 0 at the end.</param>
internal readonly record struct UpstreamRead(StdioStream Stream, int Count);
