namespace CriAttach.Gateway.Admin.Login;

/// <summary>Who was let in.</summary>
/// <param name="Csrf">What changes need beside the cookie; none for callers that show the token.</param>
internal sealed record AdminCaller(string? Csrf)
{
    /// <summary>Gets a value indicating whether nobody looked at the caller's proof, for what is asked is open to all.</summary>
    public bool IsStranger { get; init; }
}
