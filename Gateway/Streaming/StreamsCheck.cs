using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Streaming;

/// <summary>The Kubernetes library's checks of the wanted streams: same order, same words.</summary>
internal static class StreamsCheck
{
    /// <summary>What is wrong with a wish; none when nothing is.</summary>
    /// <param name="streams">The wanted streams.</param>
    public static string? Fault(AttachStreams streams) =>
        streams.Tty && streams.Stderr ? "tty and stderr cannot both be true"
        : !streams.Stdin && !streams.Stdout && !streams.Stderr ? "one of stdin, stdout, and stderr must be set"
        : null;
}
