namespace CriAttach.Testing.Cri;

/// <summary>A container that was started.</summary>
/// <param name="Id">The runtime's id of it.</param>
/// <param name="LogPath">The CRI log file of its output.</param>
public sealed record CriContainer(string Id, string LogPath);
