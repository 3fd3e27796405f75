namespace CriAttach.Transports.Dialing;

/// <summary>A streaming server did not change to the protocol that it was asked for.</summary>
/// <param name="statusCode">The HTTP status of its answer.</param>
/// <param name="body">The beginning of its body, or what was wrong with its headers.</param>
public sealed class UpgradeRefusedException(int statusCode, string body)
    : IOException($"the streaming server answered {statusCode}: {body.Trim()}")
{
    /// <summary>The HTTP status of the answer.</summary>
    public int StatusCode { get; } = statusCode;

    /// <summary>The beginning of its body, or what was wrong with its headers.</summary>
    public string Body { get; } = body;
}
