using CriAttach.Wire.Http;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Testing.Attach;

/// <summary>The server did not upgrade to a WebSocket, or not as it was asked.</summary>
/// <param name="verdict">What was wrong.</param>
/// <param name="answer">The answer.</param>
/// <param name="body">Its body.</param>
public sealed class WebSocketRefusedException(WebSocketAnswerVerdict verdict, HttpResponseHead answer, string body)
    : Exception($"{verdict}: {answer.StatusCode} {answer.Reason}: {body}")
{
    /// <summary>The answer.</summary>
    public HttpResponseHead Answer { get; } = answer;

    /// <summary>Its body.</summary>
    public string Body { get; } = body;
}
