namespace CriAttach.Interfaces.Nodes;

/// <summary>A gateway says which sessions of a node it still serves. One call a second renews them all.</summary>
[GenerateSerializer, Immutable, Alias("criattach.SessionLease")]
public sealed record SessionLease
{
    /// <summary>Gets the name of the gateway process.</summary>
    [Id(0)]
    public required string Gateway { get; init; }

    /// <summary>Gets the ids of the sessions.</summary>
    [Id(1)]
    public required IReadOnlyList<string> Sessions { get; init; }

    /// <summary>Gets, for each of them, the last <see cref="SessionChange.Revision"/> that the gateway has seen, 0 for none; null where it wants to hear of ends only.</summary>
    [Id(2)]
    public IReadOnlyList<long>? Seen { get; init; }
}
