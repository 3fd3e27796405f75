using CriAttach.Transports.Spdy;
using CriAttach.Wire.Spdy;

namespace CriAttach.Fuzz.Oracles;

/// <summary>What a server makes of a client's bytes, told of all of them at once.</summary>
public sealed class SpdyServerOracle
{
    private readonly SortedDictionary<uint, (List<byte> Data, SpdyStreamEnd End)> _streams = [];
    private readonly SpdyHeaderReader _headers = new(SpdyLimits.Default);
    private readonly Trace _trace = new();
    private uint _last;

    /// <summary>Reads the wire.</summary>
    /// <param name="wire">All that the client sends before it closes.</param>
    /// <returns>The server's answers, then its streams, then the end.</returns>
    public static Trace Read(byte[] wire) => new SpdyServerOracle().Run(wire);

    private Trace Run(byte[] wire)
    {
        var end = Frames(wire);
        foreach (var (id, (data, how)) in _streams)
        {
            _trace.Add($"stream {id} {(how == SpdyStreamEnd.None ? SpdyStreamEnd.ConnectionEnded : how)}", data.ToArray());
        }

        _trace.Add($"{end}");
        return _trace;
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
                Put(frame, []);
                break;
            case SpdyFrameType.Data:
                Put(frame, frame.Payload.ToArray());
                break;
            case SpdyFrameType.RstStream when _streams.TryGetValue(frame.StreamId, out var stream) && stream.End != SpdyStreamEnd.Reset:
                // An end that came before stays the input's end; the stream is gone all the same.
                _streams[frame.StreamId] = (stream.Data, stream.End == SpdyStreamEnd.None ? SpdyStreamEnd.Reset : stream.End);
                break;
            case SpdyFrameType.Ping when frame.Value % 2 == 1:
                _trace.Add($"Ping {frame.Value}");
                break;
            default:
                break;
        }
    }

    private void Open(SpdyPiece frame)
    {
        if (frame.StreamId % 2 == 0 || frame.StreamId <= _last)
        {
            _trace.Add($"RstStream {frame.StreamId} ProtocolError");
            return;
        }

        _last = frame.StreamId;
        _streams[_last] = ([], frame.EndsStream ? SpdyStreamEnd.Finished : SpdyStreamEnd.None);
        _trace.Add($"SynReply {_last}");
    }

    private void Put(SpdyPiece frame, byte[] data)
    {
        if (_streams.TryGetValue(frame.StreamId, out var stream) && stream.End == SpdyStreamEnd.None)
        {
            stream.Data.AddRange(data);
            _streams[frame.StreamId] = (stream.Data, frame.EndsStream ? SpdyStreamEnd.Finished : SpdyStreamEnd.None);
        }
    }
}
