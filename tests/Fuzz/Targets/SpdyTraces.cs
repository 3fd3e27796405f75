using System.Buffers;
using CriAttach.Transports.Spdy;
using CriAttach.Wire.Spdy;

namespace CriAttach.Fuzz.Targets;

/// <summary>What a connection did, as lines that a model of it can be compared with.</summary>
internal static class SpdyTraces
{
    /// <summary>The frames that a connection sent: whole ones, and none behind GOAWAY.</summary>
    /// <param name="sent">All that it sent.</param>
    public static Trace Answers(ReadOnlyMemory<byte> sent)
    {
        var trace = new Trace();
        var frames = new SpdyFrameReader(SpdyLimits.Default);
        while (frames.TryRead(ref sent, out var frame))
        {
            switch (frame.Type)
            {
                case SpdyFrameType.RstStream:
                    trace.Add($"RstStream {frame.StreamId} {(SpdyStatus)frame.Value}");
                    break;
                case SpdyFrameType.GoAway:
                    Trace.Holds(sent.IsEmpty, "nothing is sent behind GOAWAY");
                    break;
                default:
                    trace.Add($"{frame.Type} {(frame.Type == SpdyFrameType.Ping ? frame.Value : frame.StreamId)}");
                    break;
            }
        }

        Trace.Holds(sent.IsEmpty && !frames.InFrame, "whole frames are sent");
        return trace;
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <returns>How it ended, and all that came.</returns>
    public static async Task<string> ReadAsync(SpdyStream stream)
    {
        var data = new ArrayBufferWriter<byte>();
        while (true)
        {
            var result = await stream.Input.ReadAsync();
            foreach (var part in result.Buffer)
            {
                data.Write(part.Span);
            }

            stream.Input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return $"stream {stream.Id} {stream.End} {Convert.ToHexString(data.WrittenSpan)}";
            }
        }
    }
}
