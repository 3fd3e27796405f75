namespace CriAttach.Testing.Attach;

/// <summary>How a session ended, as its client saw it.</summary>
public sealed record AttachEnd
{
    /// <summary>The code of the server's close frame; null when there was none.</summary>
    public ushort? CloseCode { get; init; }

    /// <summary>The reason in the server's close frame.</summary>
    public string CloseReason { get; init; } = "";

    /// <summary>All that came on the status channel.</summary>
    public string Status { get; init; } = "";

    /// <summary>The error of the connection; null when the server ended it in good order.</summary>
    public string? Fault { get; init; }

    /// <summary>Whether output came behind the status.</summary>
    public bool OutputAfterStatus { get; init; }
}
