using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Streaming;

/// <summary>What a token was good for.</summary>
/// <param name="Key">The session.</param>
/// <param name="Claim">What its node answered.</param>
/// <param name="Connection">The nonce by which the node knows the connection.</param>
/// <param name="ResumeToken">The token that resumes the session when the connection breaks; empty where the client or the node cannot.</param>
/// <param name="IsResumed">Whether it has been resumed by this connection.</param>
/// <param name="IsHeard">Whether the node is to get its input: not from a client that only wants to watch, where the node knows no such thing.</param>
internal sealed record ClaimedSession(SessionKey Key, ClaimResult Claim, Guid Connection, string ResumeToken, bool IsResumed, bool IsHeard = true);
