namespace CriAttach.Load.Targets;

/// <summary>A running container: stdin, no terminal, and a stdin that outlives sessions.</summary>
/// <param name="Id">What Attach calls it.</param>
/// <param name="LogPath">Its CRI log; rotated files have the same name with an ending.</param>
internal sealed record TargetContainer(string Id, string LogPath)
{
    /// <summary>The log's files, oldest first.</summary>
    internal IReadOnlyList<string> LogFiles() =>
        [.. Directory.GetFiles(Path.GetDirectoryName(LogPath)!, Path.GetFileName(LogPath) + ".*").Order(StringComparer.Ordinal), LogPath];
}
