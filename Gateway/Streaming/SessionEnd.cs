using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Streaming;

/// <summary>Why a session ended, and a sentence for the client where the cause alone does not say it.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="Detail">The sentence.</param>
internal sealed record SessionEnd(EndCause Cause, string Detail = "");
