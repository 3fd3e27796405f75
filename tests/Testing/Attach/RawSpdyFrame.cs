using System.Text;
using CriAttach.Wire.Spdy;

namespace CriAttach.Testing.Attach;

/// <summary>A whole SPDY frame of the server.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Fin">Its FIN flag.</param>
/// <param name="StreamId">Its stream; of GOAWAY the last good one.</param>
/// <param name="Value">The status of a reset or GOAWAY, the id of a ping.</param>
/// <param name="Payload">Data, or a compressed header block.</param>
public sealed record RawSpdyFrame(SpdyFrameType Type, bool Fin, uint StreamId, uint Value, byte[] Payload)
{
    /// <summary>The payload as text.</summary>
    public string Text => Encoding.UTF8.GetString(Payload);
}
