using CriAttach.Wire.Spdy;

namespace CriAttach.Transports.Spdy;

/// <summary>How a connection behaves.</summary>
public sealed record SpdyOptions
{
    /// <summary>What is accepted of the peer's frames.</summary>
    public SpdyLimits Limits { get; init; } = SpdyLimits.Default;

    /// <summary>The most streams that are open at a time, and that wait to be accepted; the next is refused. Default 256.</summary>
    public int MaxStreams { get; init; } = 256;

    /// <summary>
    /// How many bytes of a stream wait for their reader. Default 64 KiB. SPDY as Kubernetes speaks it has no flow control: when it is full, the
    /// connection is not read, so all its streams and the answers to pings wait for that one reader.
    /// </summary>
    public int InputBuffer { get; init; } = 64 * 1024;

    /// <summary>How long a client waits for the reply to a stream that it opened. Default 30 s.</summary>
    public TimeSpan OpenTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a client sends a ping, so that nobody in between takes the connection for idle. Default: never.</summary>
    public TimeSpan? PingInterval { get; init; }

    /// <summary>Called whenever bytes have arrived. Must not block.</summary>
    public Action? OnReceived { get; init; }
}
