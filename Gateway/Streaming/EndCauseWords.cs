using System.Text.Json;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Streaming;

/// <summary>Says to clients why their session ended.</summary>
internal static class EndCauseWords
{
    /// <summary>The one word of a cause, as the admin API writes it.</summary>
    /// <param name="cause">The cause.</param>
    public static string NameOf(EndCause cause) => JsonNamingPolicy.CamelCase.ConvertName(cause.ToString());

    /// <summary>The words for an end.</summary>
    /// <param name="end">The end; its own sentence comes first.</param>
    /// <param name="options">The limits that may have been reached.</param>
    public static string Of(SessionEnd end, StreamingOptions options) => end.Detail.Length > 0 ? end.Detail : end.Cause switch
    {
        EndCause.IdleTimeout => $"nothing moved for {options.IdleTimeout}",
        EndCause.GatewayDraining => "the gateway is shutting down",
        EndCause.GatewayLost => "the node has not heard of this session in time",
        EndCause.NodeUnavailable => "the container's node is out of reach",
        EndCause.ContainerRemoved => "the container was removed",
        EndCause.EndedByOperator => "an operator ended the session",
        EndCause.RecordingFailed => "the session has to be recorded, and its recording cannot be written",
        EndCause.TokenExpired => "the token expired",
        _ => "the session failed",
    };
}
