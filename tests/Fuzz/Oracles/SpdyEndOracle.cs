using CriAttach.Transports.Spdy;
using CriAttach.Wire.Spdy;

namespace CriAttach.Fuzz.Oracles;

/// <summary>What one end of a connection makes of the other end's bytes, told of all of them at once.</summary>
public abstract class SpdyEndOracle
{
    private readonly SpdyHeaderReader _headers = new(SpdyLimits.Default);

    /// <summary>What is said of the connection.</summary>
    protected Trace Trace { get; } = new();

    /// <summary>The streams by id, with what came over them.</summary>
    protected SortedDictionary<uint, (List<byte> Data, SpdyStreamEnd End)> Streams { get; } = [];

    /// <summary>The parity of the pings that the other end sends: 1 for a client's, 0 for a server's.</summary>
    protected abstract uint PingParity { get; }

    /// <summary>Reads the wire.</summary>
    /// <param name="wire">All that the other end sends before it closes.</param>
    /// <returns>The answers, then the streams, then the end.</returns>
    protected Trace Run(byte[] wire)
    {
        var end = Frames(wire);
        foreach (var (id, (data, how)) in Streams)
        {
            TellStream(id, data.ToArray(), how == SpdyStreamEnd.None ? SpdyStreamEnd.ConnectionEnded : how);
        }

        Trace.Add($"{end}");
        return Trace;
    }

    /// <summary>Says what became of a stream.</summary>
    protected virtual void TellStream(uint id, byte[] data, SpdyStreamEnd end) => Trace.Add($"stream {id} {end}", data);

    /// <summary>The other end opens a stream.</summary>
    protected abstract void Open(SpdyPiece frame);

    /// <summary>The other end accepts a stream.</summary>
    protected virtual void Reply(uint id)
    {
    }

    /// <summary>The other end resets a stream.</summary>
    protected virtual void Reset(SpdyPiece frame)
    {
    }

    private SpdyEndCause Frames(byte[] wire)
    {
        var reader = new SpdyFrameReader(SpdyLimits.Default);
        ReadOnlyMemory<byte> rest = wire;
        try
        {
            while (reader.TryRead(ref rest, out var frame))
            {
                if (frame.Type == SpdyFrameType.GoAway)
                {
                    return SpdyEndCause.WentAway;
                }

                Handle(frame);
            }
        }
        catch (SpdyProtocolException)
        {
            return SpdyEndCause.Fault;
        }

        return rest.IsEmpty && !reader.InFrame ? SpdyEndCause.Closed : SpdyEndCause.Broken;
    }

    private void Handle(SpdyPiece frame)
    {
        switch (frame.Type)
        {
            case SpdyFrameType.SynStream:
                _headers.Read(frame.Payload.Span);
                Open(frame);
                break;
            case SpdyFrameType.SynReply or SpdyFrameType.Headers:
                _headers.Read(frame.Payload.Span);
                if (frame.Type == SpdyFrameType.SynReply)
                {
                    Reply(frame.StreamId);
                }

                Put(frame, []);
                break;
            case SpdyFrameType.Data:
                Put(frame, frame.Payload.ToArray());
                break;
            case SpdyFrameType.RstStream when Streams.TryGetValue(frame.StreamId, out var stream) && stream.End != SpdyStreamEnd.Reset:
                // An end that came before stays the input's end; the stream is gone all the same.
                Reset(frame);
                Streams[frame.StreamId] = (stream.Data, stream.End == SpdyStreamEnd.None ? SpdyStreamEnd.Reset : stream.End);
                break;
            case SpdyFrameType.Ping when frame.Value % 2 == PingParity:
                Trace.Add($"Ping {frame.Value}");
                break;
            default:
                break;
        }
    }

    private void Put(SpdyPiece frame, byte[] data)
    {
        if (Streams.TryGetValue(frame.StreamId, out var stream) && stream.End == SpdyStreamEnd.None)
        {
            stream.Data.AddRange(data);
            Streams[frame.StreamId] = (stream.Data, frame.EndsStream ? SpdyStreamEnd.Finished : SpdyStreamEnd.None);
        }
    }
}
