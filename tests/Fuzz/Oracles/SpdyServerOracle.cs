using CriAttach.Transports.Spdy;
using CriAttach.Wire.Spdy;

namespace CriAttach.Fuzz.Oracles;

/// <summary>What a server makes of a client's bytes.</summary>
public sealed class SpdyServerOracle : SpdyEndOracle
{
    private uint _last;

    /// <inheritdoc />
    protected override uint PingParity => 1;

    /// <summary>Reads the wire.</summary>
    /// <param name="wire">All that the client sends before it closes.</param>
    /// <returns>The server's answers, then its streams, then the end.</returns>
    public static Trace Read(byte[] wire) => new SpdyServerOracle().Run(wire);

    /// <inheritdoc />
    protected override void Open(SpdyPiece frame)
    {
        if (frame.StreamId % 2 == 0 || frame.StreamId <= _last)
        {
            Trace.Add($"RstStream {frame.StreamId} ProtocolError");
            return;
        }

        _last = frame.StreamId;
        Streams[_last] = ([], frame.EndsStream ? SpdyStreamEnd.Finished : SpdyStreamEnd.None);
        Trace.Add($"SynReply {_last}");
    }
}
