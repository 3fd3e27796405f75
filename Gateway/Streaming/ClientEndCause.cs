using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Streaming;

/// <summary>What the way in which a client stopped sending means for its session.</summary>
internal static class ClientEndCause
{
    /// <summary>The cause of the session's end.</summary>
    /// <param name="end">How the client stopped.</param>
    public static EndCause ToCause(this ClientEnd end) => end switch
    {
        ClientEnd.Closed => EndCause.ClientDetached,
        ClientEnd.Gone => EndCause.ClientGone,
        _ => EndCause.ProtocolFault,
    };
}
