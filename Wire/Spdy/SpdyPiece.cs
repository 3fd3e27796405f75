namespace CriAttach.Wire.Spdy;

/// <summary>
/// A control frame, or as much of a data frame as has arrived. The payload is a slice of the memory given to
/// <see cref="SpdyFrameReader.TryRead"/> and lives as long as that memory does.
/// </summary>
/// <param name="Type">What it is.</param>
/// <param name="Flags">The frame's flags.</param>
/// <param name="StreamId">The stream, where the frame has one; of GOAWAY the last good one.</param>
/// <param name="Value">The status of RST_STREAM and GOAWAY, the id of PING, the delta of WINDOW_UPDATE, the count of SETTINGS; else zero.</param>
/// <param name="Payload">Data, or the compressed header block.</param>
/// <param name="EndsFrame">Whether this is the frame's last piece; a control frame has one only.</param>
public readonly record struct SpdyPiece(
    SpdyFrameType Type, SpdyFlags Flags, uint StreamId, uint Value, ReadOnlyMemory<byte> Payload, bool EndsFrame)
{
    /// <summary>Whether the sender has nothing more to send on this stream.</summary>
    public bool EndsStream => EndsFrame && (Flags & SpdyFlags.Fin) != 0;
}
