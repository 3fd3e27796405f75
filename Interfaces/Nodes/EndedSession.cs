using CriAttach.Interfaces.Sessions;

namespace CriAttach.Interfaces.Nodes;

/// <summary>A session that a gateway renewed although it is over on its node.</summary>
[GenerateSerializer, Immutable, Alias("criattach.EndedSession")]
public sealed record EndedSession
{
    /// <summary>Gets the session's id.</summary>
    [Id(0)]
    public required string Session { get; init; }

    /// <summary>Gets why it ended.</summary>
    [Id(1)]
    public required EndCause Cause { get; init; }
}
