namespace CriAttach.AdminApi;

/// <summary>An error for people and programs (RFC 9457).</summary>
public sealed record Problem
{
    /// <summary>Gets a URI for the kind of the problem.</summary>
    public string Type { get; init => field = value ?? "about:blank"; } = "about:blank";

    /// <summary>Gets the kind of the problem in a few words.</summary>
    public string Title { get; init => field = value ?? ""; } = "";

    /// <summary>Gets the HTTP status.</summary>
    public int Status { get; init; }

    /// <summary>Gets what was wrong this time, and what to do.</summary>
    public string Detail { get; init => field = value ?? ""; } = "";
}
