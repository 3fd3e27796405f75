using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace CriAttach.Wire.Resume;

/// <summary>Writes and parses the messages of the control channel: JSON, each whole in one frame.</summary>
public static class ResumeCodec
{
    /// <summary>The longest message that is taken.</summary>
    public const int MaxLength = 16 * 1024;

    /// <summary>Writes a message.</summary>
    /// <param name="message">The message.</param>
    public static byte[] Write(ResumeMessage message) => JsonSerializer.SerializeToUtf8Bytes(message, ResumeJson.Default.ResumeMessage);

    /// <summary>Parses a message.</summary>
    /// <param name="content">The content of a frame.</param>
    /// <param name="message">The message.</param>
    /// <returns><c>false</c> for a type that is not known here, and for what is no message: both are to be passed over.</returns>
    public static bool TryParse(ReadOnlySpan<byte> content, [NotNullWhen(true)] out ResumeMessage? message)
    {
        try
        {
            message = JsonSerializer.Deserialize(content, ResumeJson.Default.ResumeMessage);
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException)
        {
            message = null;
        }

        return message is not null;
    }
}
