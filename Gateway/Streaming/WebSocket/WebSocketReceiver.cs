using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Gateway.Streaming.WebSocket;

/// <summary>Makes sense of received bytes: frames, then channels. No I/O.</summary>
/// <param name="protocol">The negotiated protocol.</param>
internal sealed class WebSocketReceiver(StreamProtocol protocol)
{
    private readonly WebSocketFrameReader _frames = new(WebSocketRole.Server);
    private readonly ChannelReader _channels = new(protocol);
    private ResizeReader? _resizes;

    /// <summary>Gets the reader of the resize channel.</summary>
    public ResizeReader Resizes => _resizes ??= new ResizeReader();

    /// <summary>Reads the next item.</summary>
    /// <param name="input">Received bytes; what was read is cut off the front.</param>
    /// <param name="item">The item.</param>
    /// <returns>False when it takes more bytes.</returns>
    /// <exception cref="WebSocketProtocolException">The client broke the framing rules.</exception>
    /// <exception cref="ChannelFaultException">The client sent a message that ends the session.</exception>
    public bool TryRead(ref Memory<byte> input, out ReceivedItem item)
    {
        if (!_frames.TryRead(ref input, out var frame))
        {
            item = default;
            return false;
        }

        item = frame.IsControl
            ? new ReceivedItem(
                frame.Opcode switch
                {
                    WebSocketOpcode.Close => ReceivedKind.Close,
                    WebSocketOpcode.Ping => ReceivedKind.Ping,
                    _ => ReceivedKind.Nothing,
                },
                frame.Payload)
            : Of(_channels.Read(frame));
        return true;
    }

    private static ReceivedItem Of(in ChannelPiece piece) => (piece.Kind, piece.Channel) switch
    {
        (ChannelPieceKind.Data, StdioChannel.Stdin) => new(ReceivedKind.Stdin, piece.Payload, piece.Offset),
        (ChannelPieceKind.Data, StdioChannel.Control) => new(ReceivedKind.Control, piece.Payload, EndsMessage: piece.EndsMessage),
        (ChannelPieceKind.Data, StdioChannel.Resize) => new(ReceivedKind.Resize, piece.Payload),
        (ChannelPieceKind.CloseChannel, StdioChannel.Stdin) => new(ReceivedKind.StdinEnd, default),
        _ => default,
    };
}
