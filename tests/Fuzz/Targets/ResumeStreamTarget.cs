using System.Buffers.Binary;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Fuzz.Targets;

/// <summary>Input: role, cut, then one message of the protocol that has offsets.</summary>
public sealed class ResumeStreamTarget : IFuzzTarget
{
    private const int OffsetEnd = 1 + sizeof(long);

    /// <inheritdoc />
    public string Name => "resume-stream";

    /// <inheritdoc />
    public IReadOnlyList<Type> Covers { get; } = [typeof(ChannelReader), typeof(ChannelWriter)];

    /// <inheritdoc />
    public void Run(byte[] input)
    {
        if (input.Length < 3)
        {
            return;
        }

        var role = (input[0] & 1) == 0 ? WebSocketRole.Server : WebSocketRole.Client;
        var message = input[2..];
        Trace.Same(Expect(message, role), Read(message, role, input[1]));
        RoundTrip(message, role, input[1]);
    }

    private static Trace Expect(byte[] message, WebSocketRole role)
    {
        var trace = new Trace();
        var channel = (StdioChannel)message[0];
        var isStream = role == WebSocketRole.Server ? channel == StdioChannel.Stdin : channel is StdioChannel.Stdout or StdioChannel.Stderr;
        var isMessage = channel == StdioChannel.Control || channel == (role == WebSocketRole.Server ? StdioChannel.Resize : StdioChannel.Status);
        if (isStream && (message.Length < OffsetEnd || message[1] >= 0x80))
        {
            trace.Add("fault 1002");
        }
        else if (isStream)
        {
            trace.Add($"data {BinaryPrimitives.ReadInt64BigEndian(message.AsSpan(1))}", message.AsSpan(OffsetEnd));
        }
        else if (isMessage)
        {
            trace.Add("data 0", message.AsSpan(1));
        }
        else if (channel == StdioChannel.Close && role == WebSocketRole.Server)
        {
            trace.Add(message.Length == 2 && message[1] <= (byte)StdioChannel.Resize ? $"close {message[1]}" : "fault 1000");
        }

        return trace;
    }

    private static Trace Read(byte[] message, WebSocketRole role, int cut)
    {
        var trace = new Trace();
        var reader = new ChannelReader(StreamProtocol.Resume, role);
        var data = new List<byte>();
        long? offset = null;
        var at = 0;
        try
        {
            foreach (var fragment in Fragments.Cut(message, cut).Where(part => part.Length > 0))
            {
                at += fragment.Length;
                var piece = reader.Read(new WebSocketPiece(
                    WebSocketOpcode.Binary, true, at == fragment.Length, at == message.Length, message.Length, fragment));
                if (piece.Kind == ChannelPieceKind.CloseChannel)
                {
                    trace.Add($"close {(byte)piece.Channel}");
                }
                else if (piece.Kind == ChannelPieceKind.Data)
                {
                    offset ??= piece.Offset;
                    Trace.Holds(piece.Channel > StdioChannel.Stderr || piece.Offset == offset + data.Count, "offsets count the bytes");
                    data.AddRange(piece.Payload.Span);
                    if (piece.EndsMessage)
                    {
                        trace.Add($"data {offset}", data.ToArray());
                    }
                }
            }
        }
        catch (ChannelFaultException fault)
        {
            trace.Add($"fault {fault.CloseCode}");
        }

        return trace;
    }

    private static void RoundTrip(byte[] payload, WebSocketRole role, int cut)
    {
        uint? key = role == WebSocketRole.Server ? 0x01020304 * (uint)cut : null;
        var channel = role == WebSocketRole.Server ? StdioChannel.Stdin : StdioChannel.Stderr;
        var offset = (long)cut << 33;
        var frame = new byte[ChannelWriter.PrefixLength(payload.Length, key is not null, withOffset: true) + payload.Length];
        var at = new ChannelWriter(StreamProtocol.Resume).WritePrefix(frame, channel, payload.Length, key, offset);
        payload.CopyTo(frame, at);
        if (key is { } mask)
        {
            WebSocketFrameWriter.Mask(frame.AsSpan(at), mask, position: OffsetEnd);
        }

        Memory<byte> wire = frame;
        Trace.Holds(new WebSocketFrameReader(role).TryRead(ref wire, out var piece) && wire.IsEmpty, "just one frame was written");
        Trace.Holds(Read(piece.Payload.ToArray(), role, cut).Lines.Single() == $"data {offset} {Convert.ToHexString(payload)}", "the message is read back");
    }
}
