namespace CriAttach.Wire.Spdy;

/// <summary>What is accepted of a peer; more is a fault of the connection. Each is checked before memory is bought.</summary>
public sealed record SpdyLimits
{
    /// <summary>The longest payload that a frame can announce.</summary>
    public const int MaxPayload = 0xFF_FFFF;

    /// <summary>The defaults, made for attach, exec and port-forward: a handful of short headers a stream.</summary>
    public static SpdyLimits Default { get; } = new();

    /// <summary>The longest payload of a control frame. Default 16 KiB.</summary>
    public int ControlPayload { get; init; } = 16 * 1024;

    /// <summary>The longest header block once it is inflated. Default 16 KiB.</summary>
    public int HeaderBlock { get; init; } = 16 * 1024;

    /// <summary>The most headers in a block. Default 32.</summary>
    public int HeaderCount { get; init; } = 32;

    /// <summary>The longest data frame. Default 16 MiB less one byte, which is all there can be: data is never buffered.</summary>
    public int DataPayload { get; init; } = MaxPayload;
}
