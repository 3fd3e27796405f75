using CriAttach.Transports.WebSocket;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Fuzz.Oracles;

/// <summary>What a client of channels makes of a server's bytes, told of all of them at once.</summary>
public static class ChannelConnectionOracle
{
    /// <summary>Reads the wire.</summary>
    /// <param name="wire">All that the server sends before it closes.</param>
    /// <returns>What the client answers, then what came over the channels, then the end.</returns>
    public static Trace Read(byte[] wire)
    {
        var trace = new Trace();
        var output = new ChannelOutput();
        var end = Frames(wire.ToArray(), trace, output);
        output.Tell(trace);
        trace.Add($"{end}");
        return trace;
    }

    private static ChannelEndCause Frames(Memory<byte> rest, Trace trace, ChannelOutput output)
    {
        var frames = new WebSocketFrameReader(WebSocketRole.Client);
        var channels = new ChannelReader(StreamProtocol.Channel, WebSocketRole.Client);
        var inFrame = false;
        var before = rest.Length;
        try
        {
            while (frames.TryRead(ref rest, out var piece))
            {
                switch (piece.Opcode)
                {
                    case WebSocketOpcode.Ping:
                        trace.Add("Pong", piece.Payload.Span);
                        break;
                    case WebSocketOpcode.Pong:
                        break;
                    case WebSocketOpcode.Close:
                        trace.Add("Close", piece.Payload.Span);
                        return ChannelEndCause.Closed;
                    default:
                        inFrame = !piece.EndsFrame;
                        var message = channels.Read(piece);
                        if (message.Kind == ChannelPieceKind.Data)
                        {
                            output.Add(message.Channel, message.Payload.Span);
                        }

                        break;
                }

                before = rest.Length;
            }
        }
        catch (WebSocketProtocolException)
        {
            return ChannelEndCause.Fault;
        }

        // A header without any of its payload is a beginning too.
        return rest.IsEmpty && before == 0 && !inFrame ? ChannelEndCause.Cut : ChannelEndCause.Broken;
    }
}
