namespace CriAttach.Silo.CriLogs;

/// <summary>One file of a container's log.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Start">The output offset of its first content byte.</param>
internal sealed record CriLogFile(string Path, long Start);
