namespace CriAttach.AdminApi;

/// <summary>Who the caller is, and whom it talks to.</summary>
public sealed record MeView
{
    /// <summary>Gets the caller's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the gateway's name, as in <see cref="SessionView.Gateway"/>.</summary>
    public required string Gateway { get; init; }

    /// <summary>Gets the node that the gateway stands on; absent where it stands on none.</summary>
    public string? Node { get; init; }

    /// <summary>Gets the gateway's version.</summary>
    public required string Version { get; init; }

    /// <summary>Gets what <see cref="AdminRoutes.CsrfHeader"/> must hold when a login by cookie changes something; absent for other callers, which need none.</summary>
    public string? Csrf { get; init; }
}
