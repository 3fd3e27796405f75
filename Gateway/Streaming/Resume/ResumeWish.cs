using CriAttach.Interfaces.Sessions;
using CriAttach.Wire.Channels;
using CriAttach.Wire.Resume;

namespace CriAttach.Gateway.Streaming.Resume;

/// <summary>A client that can resume, and from where on it does.</summary>
/// <param name="From">Where it goes on; none for a session that begins.</param>
internal sealed record ResumeWish(SessionPosition? From)
{
    /// <summary>Reads a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="wish">The wish; null where the client cannot resume.</param>
    /// <returns>What is wrong with the request; null for nothing.</returns>
    public static string? Read(HttpRequest request, out ResumeWish? wish)
    {
        wish = null;
        if (!ResumePoint.TryRead(name => request.Query.TryGetValue(name, out var value) ? value.ToString() : null, out var point))
        {
            return "epoch, offset and input must all be whole numbers from 0 up";
        }

        if (!StreamProtocol.Resume.IsAmong(request.Headers.SecWebSocketProtocol))
        {
            return point is null ? null : $"a session is resumed over WebSocket with the protocol {StreamProtocol.Resume.Name}";
        }

        wish = new ResumeWish(point is null ? null : new SessionPosition { Epoch = point.Epoch, Offset = point.Offset, Input = point.Input });
        return null;
    }
}
