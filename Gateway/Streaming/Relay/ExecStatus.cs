using System.Text;
using CriAttach.Wire.Channels;

namespace CriAttach.Gateway.Streaming.Relay;

/// <summary>What a runtime said about the end of a command.</summary>
internal static class ExecStatus
{
    /// <summary>The longest document that is taken.</summary>
    public const int MaxLength = 256 * 1024;

    /// <summary>The status for the client: the runtime's own document for those who take JSON, its words for the others.</summary>
    /// <param name="document">All that came on the error stream.</param>
    public static SessionStatus Of(ReadOnlyMemory<byte> document)
    {
        var status = StatusCodec.TryParse(document.Span, StreamProtocol.V4, out var parsed)
            ? parsed
            : new SessionStatus { IsSuccess = false, Message = Encoding.UTF8.GetString(document.Span) };
        return status with { Document = document };
    }

    /// <summary>The status of a command whose own was lost.</summary>
    /// <param name="why">Why.</param>
    public static SessionStatus Failure(string why) => SessionStatus.InternalError($"error executing command in container: {why}");
}
