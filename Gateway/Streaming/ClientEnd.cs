namespace CriAttach.Gateway.Streaming;

/// <summary>How a client stopped sending.</summary>
internal enum ClientEnd
{
    /// <summary>It closed in good order.</summary>
    Closed,

    /// <summary>Its connection broke.</summary>
    Gone,

    /// <summary>It broke the protocol; the transport knows how.</summary>
    Fault,
}
