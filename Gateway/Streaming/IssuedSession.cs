using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Streaming;

/// <summary>A session that waits for its client.</summary>
/// <param name="Url">The URL for the client. It carries the token: never log it.</param>
/// <param name="Session">The session.</param>
internal sealed record IssuedSession(string Url, SessionInfo Session)
{
    /// <inheritdoc/>
    public override string ToString() => Session.Key.ToString();
}
