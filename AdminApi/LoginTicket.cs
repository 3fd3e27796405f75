namespace CriAttach.AdminApi;

/// <summary>An address that logs in whoever opens it, once.</summary>
public sealed record LoginTicket
{
    /// <summary>Gets the page's address with the ticket in its fragment, which browsers keep to themselves.</summary>
    public required string Url { get; init; }

    /// <summary>Gets when it stops working.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
