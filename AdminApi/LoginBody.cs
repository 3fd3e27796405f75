namespace CriAttach.AdminApi;

/// <summary>A login of the page.</summary>
public sealed record LoginBody
{
    /// <summary>Gets the token of the gateway's token file, or a ticket of <see cref="AdminRoutes.Tickets"/>.</summary>
    public required string Secret { get; init; }
}
