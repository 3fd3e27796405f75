using CriAttach.Interfaces.Sessions;

namespace CriAttach.Interfaces.Nodes;

/// <summary>What a gateway hears of a session that it renewed: that it is over on its node, or what it has of its container now.</summary>
[GenerateSerializer, Immutable, Alias("criattach.EndedSession")]
public sealed record SessionChange
{
    /// <summary>Gets the session's id.</summary>
    [Id(0)]
    public required string Session { get; init; }

    /// <summary>Gets why it ended; <see cref="EndCause.None"/> where it goes on.</summary>
    [Id(1)]
    public required EndCause Cause { get; init; }

    /// <summary>Gets what the one who ended it had to say.</summary>
    [Id(2)]
    public string Message { get => field ?? ""; init; }

    /// <summary>Gets what it has of its container now; none where it is over.</summary>
    [Id(3)]
    public SessionShare? Share { get; init; }

    /// <summary>Gets the revision of <see cref="Share"/>, to be named in <see cref="SessionLease.Seen"/>.</summary>
    [Id(4)]
    public long Revision { get; init; }
}
