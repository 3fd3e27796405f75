using CriAttach.Wire.Spdy;

namespace CriAttach.Transports.Spdy;

/// <summary>A stream takes nothing more; the connection may live on.</summary>
/// <param name="status">Why it was reset; none when this side has finished it.</param>
public sealed class SpdyStreamClosedException(SpdyStatus? status)
    : IOException(status is null ? "the stream is finished" : $"the stream was reset: {status}")
{
    /// <summary>Why it was reset; none when this side has finished it.</summary>
    public SpdyStatus? Status { get; } = status;
}
