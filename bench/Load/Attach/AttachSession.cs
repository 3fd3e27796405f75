using System.Buffers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using CriAttach.Wire.Channels;
using CriAttach.Wire.Http;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Load.Attach;

/// <summary>
/// One attach session over WebSocket <c>v4.channel.k8s.io</c>, as thin as a client can be: a blocking socket, one
/// buffer, and output handed out in place. One thread may send while another reads.
/// </summary>
internal sealed class AttachSession : IDisposable
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // One key for all: the mask protects proxies from scripts, and there is neither here. Not zero, so that it costs a server what it always does.
    private const uint MaskKey = 0x37FA213D;

    private readonly Socket _socket;
    private readonly byte[] _buffer;
    private readonly WebSocketFrameReader _frames = new(WebSocketRole.Client);
    private readonly ChannelReader _channels = new(StreamProtocol.V4, WebSocketRole.Client);
    private readonly StringBuilder _status = new();
    private Memory<byte> _received;

    private AttachSession(Socket socket, int bufferSize)
    {
        _socket = socket;
        _buffer = new byte[bufferSize];
    }

    /// <summary>How long a read may take from now on.</summary>
    internal TimeSpan ReadPatience
    {
        set => _socket.ReceiveTimeout = (int)value.TotalMilliseconds;
    }

    /// <summary>Connects to the address that an Attach call returned.</summary>
    /// <param name="url">The address.</param>
    /// <param name="bufferSize">The bytes that one read may return.</param>
    internal static AttachSession Open(Uri url, int bufferSize)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = (int)Patience.TotalMilliseconds,
            SendTimeout = (int)Patience.TotalMilliseconds,
        };
        AttachSession session = new(socket, bufferSize);
        try
        {
            socket.Connect(url.Host, url.Port);
            session.Upgrade(url);
            return session;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A message of stdin as it goes over the wire; one may be sent many times.</summary>
    internal static byte[] Input(ReadOnlySpan<byte> data)
    {
        ChannelWriter writer = new(StreamProtocol.V4);
        byte[] message = new byte[writer.MessageLength(data.Length, masked: true)];
        writer.WriteMessage(message, StdioChannel.Stdin, data, MaskKey);
        return message;
    }

    internal void SendInput(string text) => Send(Input(Encoding.ASCII.GetBytes(text)));

    internal void Send(ReadOnlySpan<byte> message)
    {
        while (!message.IsEmpty)
        {
            message = message[_socket.Send(message)..];
        }
    }

    /// <summary>The next bytes of stdout, never none, valid until the next call.</summary>
    /// <exception cref="EndOfStreamException">The session ended.</exception>
    /// <exception cref="SocketException">Nothing came for as long as patience lasts.</exception>
    internal ReadOnlySpan<byte> ReadOutput()
    {
        while (true)
        {
            if (!_frames.TryRead(ref _received, out WebSocketPiece frame))
            {
                Receive();
                continue;
            }

            if (frame.IsControl)
            {
                OnControl(frame);
                continue;
            }

            ChannelPiece piece = _channels.Read(frame);
            if (piece.Kind != ChannelPieceKind.Data || piece.Payload.IsEmpty)
            {
                continue;
            }

            switch (piece.Channel)
            {
                case StdioChannel.Stdout:
                    return piece.Payload.Span;
                case StdioChannel.Status:
                    _status.Append(Encoding.UTF8.GetString(piece.Payload.Span));
                    break;
            }
        }
    }

    /// <summary>Reads stdout up to and including a byte, which must be the last that is on its way.</summary>
    internal void ReadOutputUntil(byte last)
    {
        int index;
        ReadOnlySpan<byte> piece;
        do
        {
            piece = ReadOutput();
            index = piece.IndexOf(last);
        }
        while (index < 0);

        if (index < piece.Length - 1)
        {
            throw new InvalidDataException("There is output after the marker.");
        }
    }

    /// <summary>Ends the session as a client does that is done.</summary>
    public void Dispose()
    {
        byte[] close = new byte[WebSocketFrameWriter.MaxControlFrameLength];
        try
        {
            Send(close.AsSpan(0, WebSocketFrameWriter.WriteClose(close, WebSocketCloseCode.Normal, "", MaskKey)));
        }
        catch (SocketException)
        {
            // The peer was first.
        }

        _socket.Dispose();
    }

    private void Upgrade(Uri url)
    {
        string key = WebSocketHandshake.Key(RandomNumberGenerator.GetBytes(WebSocketHandshake.NonceLength));
        string[] offered = [StreamProtocol.V4.Name];
        ArrayBufferWriter<byte> request = new();
        WebSocketHandshake.Request(url.Authority, url.PathAndQuery, key, offered).Write(request);
        Send(request.WrittenSpan);

        HttpResponseHead? answer;
        ReadOnlySpan<byte> rest;
        do
        {
            Receive();
            rest = _received.Span;
        }
        while (!HttpResponseHead.TryRead(ref rest, out answer));

        _received = _received[^rest.Length..];
        WebSocketAnswerVerdict verdict = WebSocketHandshake.CheckAnswer(answer!, key, offered, out _);
        if (verdict != WebSocketAnswerVerdict.Accepted)
        {
            throw new InvalidDataException($"The upgrade failed, {verdict}: {answer!.StatusCode} {answer.Reason}");
        }
    }

    private void OnControl(WebSocketPiece frame)
    {
        switch (frame.Opcode)
        {
            case WebSocketOpcode.Ping:
                byte[] pong = new byte[WebSocketFrameWriter.MaxControlFrameLength];
                Send(pong.AsSpan(0, WebSocketFrameWriter.WriteControl(pong, WebSocketOpcode.Pong, frame.Payload.Span, MaskKey)));
                break;
            case WebSocketOpcode.Close:
                throw new EndOfStreamException($"The session ended: {_status}");
        }
    }

    // What is left of the buffer, an incomplete header at most, moves to its front.
    private void Receive()
    {
        int left = _received.Length;
        _received.CopyTo(_buffer);
        int read = _socket.Receive(_buffer.AsSpan(left));
        if (read == 0)
        {
            throw new EndOfStreamException($"The connection ended without a close frame: {_status}");
        }

        _received = _buffer.AsMemory(0, left + read);
    }
}
