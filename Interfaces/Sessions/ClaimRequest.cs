namespace CriAttach.Interfaces.Sessions;

/// <summary>A connection that came with the token asks to own the session.</summary>
[GenerateSerializer, Immutable, Alias("criattach.ClaimRequest")]
public sealed record ClaimRequest
{
    /// <summary>Gets a number that the connection chose once: the same one again gets the same answer, another one loses.</summary>
    [Id(0)]
    public required Guid Nonce { get; init; }

    /// <summary>Gets the name of the gateway process.</summary>
    [Id(1)]
    public required string Gateway { get; init; }

    /// <summary>Gets the id under which the session can be resumed when this connection breaks: the hash of a token; empty where the client cannot do that.</summary>
    [Id(2)]
    public string ResumeId { get => field ?? ""; init; }

    /// <summary>Gets where a session that was interrupted goes on; none for a first claim.</summary>
    [Id(3)]
    public SessionPosition? From { get; init; }

    /// <summary>Gets what the client asked for when it opened the URL; none for nothing.</summary>
    [Id(4)]
    public AttachWish? Wish { get; init; }

    /// <summary>Gets what the client says it is; empty where it does not.</summary>
    [Id(5)]
    public string Client { get => field ?? ""; init; }

    /// <summary>Gets the network address that the client came from; empty where nobody knows.</summary>
    [Id(6)]
    public string Address { get => field ?? ""; init; }
}
