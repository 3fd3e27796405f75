using CriAttach.Fuzz.Oracles;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Fuzz.Targets;

/// <summary>Input: protocol and role, cut, then messages, each behind a byte that tells its length.</summary>
public sealed class ChannelMessageTarget : IFuzzTarget
{
    private const int MaxBase64Message = 100;

    private static readonly StreamProtocol[] Protocols = [.. StreamProtocol.Named, StreamProtocol.None];

    /// <inheritdoc />
    public string Name => "channel-message";

    /// <inheritdoc />
    public IReadOnlyList<Type> Covers { get; } = [typeof(ChannelReader), typeof(ChannelWriter)];

    /// <inheritdoc />
    public void Run(byte[] input)
    {
        if (input.Length < 2)
        {
            return;
        }

        var protocol = Protocols[(input[0] >> 1) % Protocols.Length];
        var role = (input[0] & 1) == 0 ? WebSocketRole.Server : WebSocketRole.Client;
        var messages = new List<byte[]>();
        for (var at = 2; at < input.Length;)
        {
            var end = Math.Min(input.Length, at + 1 + input[at]);
            messages.Add(input[(at + 1)..end]);
            at = end;
        }

        var oracle = ChannelOracle.Read(messages, protocol, role, MaxBase64Message);
        Trace.Same(oracle, Read(messages, protocol, role, MaxBase64Message, input[1]));
        foreach (var message in messages)
        {
            RoundTrip(protocol, role, message, input[1]);
        }
    }

    /// <summary>Reads messages with the codec, each given in fragments.</summary>
    public static Trace Read(
        IEnumerable<byte[]> messages, StreamProtocol protocol, WebSocketRole role, int maxBase64Message, int cut)
    {
        var trace = new Trace();
        var reader = new ChannelReader(protocol, role, maxBase64Message);
        try
        {
            foreach (var message in messages)
            {
                Read(trace, reader, message, cut);
            }
        }
        catch (ChannelFaultException fault)
        {
            trace.Add($"fault {fault.CloseCode}");
        }

        return trace;
    }

    private static void Read(Trace trace, ChannelReader reader, byte[] message, int cut)
    {
        var data = new List<byte>();
        var at = 0;
        var ended = false;

        // An empty frame has one empty piece, any other one has none.
        var fragments = message.Length == 0 ? [[]] : Fragments.Cut(message, cut).Where(part => part.Length > 0);
        foreach (var fragment in fragments)
        {
            var first = at == 0;
            at += fragment.Length;
            var piece = reader.Read(new WebSocketPiece(
                WebSocketOpcode.Binary, true, first, at == message.Length, message.Length, fragment));
            data.AddRange(piece.Payload.Span);
            if (piece.Kind == ChannelPieceKind.CloseChannel)
            {
                trace.Add($"close {(byte)piece.Channel}");
            }
            else if (piece.Kind == ChannelPieceKind.Malformed)
            {
                trace.Add($"malformed {(byte)piece.Channel}");
            }
            else if (piece.Kind == ChannelPieceKind.Data && piece.EndsMessage)
            {
                Trace.Holds(!ended, "a message ends once");
                ended = true;
                trace.Add($"data {(byte)piece.Channel}", data.ToArray());
            }
        }
    }

    private static void RoundTrip(StreamProtocol protocol, WebSocketRole role, byte[] payload, int cut)
    {
        var writer = new ChannelWriter(protocol);
        var channel = role == WebSocketRole.Server ? StdioChannel.Stdin : StdioChannel.Stdout;
        uint? key = role == WebSocketRole.Server ? 0x01020304 * (uint)cut : null;
        var frame = new byte[writer.MessageLength(payload.Length, key is not null)];
        Trace.Holds(writer.WriteMessage(frame, channel, payload, key) == frame.Length, "the message's length");
        if (!protocol.IsBase64)
        {
            CheckPrefix(writer, channel, payload, key, frame);
        }

        Memory<byte> wire = frame;
        Trace.Holds(new WebSocketFrameReader(role).TryRead(ref wire, out var piece), "a whole frame was written");
        Trace.Holds(wire.IsEmpty, "just one frame was written");
        var trace = Read([piece.Payload.ToArray()], protocol, role, int.MaxValue, cut);
        Trace.Holds(trace.Lines.Single() == $"data {(byte)channel} {Convert.ToHexString(payload)}", "the message is read back");
    }

    private static void CheckPrefix(ChannelWriter writer, StdioChannel channel, byte[] payload, uint? key, byte[] frame)
    {
        var parts = new byte[ChannelWriter.PrefixLength(payload.Length, key is not null) + payload.Length];
        var at = writer.WritePrefix(parts, channel, payload.Length, key);
        payload.CopyTo(parts, at);
        if (key is { } mask)
        {
            WebSocketFrameWriter.Mask(parts.AsSpan(at), mask, position: 1);
        }

        Trace.Holds(parts.AsSpan().SequenceEqual(frame), "a prefix and its payload are a message");
    }
}
