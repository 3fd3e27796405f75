using CriAttach.Interfaces.Stdio;

namespace CriAttach.Interfaces.Sessions;

/// <summary>What a session has of the container that it shares with others.</summary>
[GenerateSerializer, Immutable, Alias("criattach.SessionShare")]
public sealed record SessionShare
{
    /// <summary>Gets a value indicating whether its input reaches PID 1; else it is discarded.</summary>
    [Id(0)]
    public required bool MayType { get; init; }

    /// <summary>Gets the id of the session that alone may type; empty where all peers may.</summary>
    [Id(1)]
    public string Holder { get => field ?? ""; init; }

    /// <summary>Gets the size of the terminal as another session has set it; none where nobody has, or this one did.</summary>
    [Id(2)]
    public TerminalSize? Size { get; init; }
}
