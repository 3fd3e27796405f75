using CriAttach.Gateway.Streaming.WebSocket;
using CriAttach.Wire.Channels;
using CriAttach.Wire.Resume;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Gateway.Streaming.Resume;

/// <summary>The control channel of one connection, and the offsets that both ends count.</summary>
/// <param name="output">The connection.</param>
/// <param name="window">How much output the client takes without acknowledging any; 0 for no bound.</param>
internal sealed class ResumeLink(WebSocketOutput output, long window) : IResumeLink
{
    private readonly List<byte> _control = [];
    private long _expected;

    /// <summary>Gets the bound on what the client has not acknowledged.</summary>
    public AckWindow Window { get; } = new(window);

    /// <summary>Gets a value indicating whether the session outlives the connection.</summary>
    public bool IsInterrupted { get; private set; }

    /// <inheritdoc/>
    public ValueTask GreetAsync(ResumeHello hello)
    {
        _expected = hello.Input;
        Window.Restart(hello.Offset);
        return TellAsync(hello);
    }

    /// <inheritdoc/>
    public ValueTask TellAsync(ResumeMessage message)
    {
        if (message is OutputPosition position)
        {
            Window.Restart(position.Offset);
        }

        return output.WriteAsync(StdioChannel.Control, ResumeCodec.Write(message));
    }

    /// <inheritdoc/>
    public void Interrupt() => IsInterrupted = true;

    /// <summary>The part of a piece of input that has not come before.</summary>
    /// <param name="offset">The offset of its first byte.</param>
    /// <param name="data">The piece.</param>
    /// <exception cref="ChannelFaultException">Bytes before it are missing.</exception>
    public ReadOnlyMemory<byte> Unseen(long offset, ReadOnlyMemory<byte> data)
    {
        if (offset > _expected)
        {
            throw new ChannelFaultException(
                WebSocketCloseCode.ProtocolError, $"input at offset {offset} where {_expected} was expected");
        }

        var known = (int)Math.Min(data.Length, _expected - offset);
        _expected += data.Length - known;
        return data[known..];
    }

    /// <summary>Takes a piece of a control message. What is not known here is passed over, as the protocol says.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="last">Whether the message ends with it.</param>
    /// <exception cref="ChannelFaultException">The message is too long.</exception>
    public void Take(ReadOnlySpan<byte> piece, bool last)
    {
        if (_control.Count + piece.Length > ResumeCodec.MaxLength)
        {
            throw new ChannelFaultException(WebSocketCloseCode.MessageTooBig, "the control message is too long");
        }

        _control.AddRange(piece);
        if (last)
        {
            if (ResumeCodec.TryParse(_control.ToArray(), out var message) && message is OutputAck ack)
            {
                Window.Acknowledge(ack.Offset);
            }

            _control.Clear();
        }
    }
}
