using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace CriAttach.Load.Attach;

/// <summary>
/// One attach session over WebSocket <c>v4.channel.k8s.io</c>, as thin as a client can be: a blocking socket, one
/// buffer, and output handed out in place. Not thread-safe, but one thread may send while another reads.
/// </summary>
internal sealed class AttachSession : IDisposable
{
    internal const byte Stdin = 0;
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private const byte Stdout = 1;
    private const byte Status = 3;
    private const byte Binary = 0x2;
    private const byte Text = 0x1;
    private const byte Close = 0x8;
    private const byte Ping = 0x9;
    private const byte Pong = 0xA;
    private const byte Final = 0x80;
    private const byte Masked = 0x80;
    private const int MaxControlPayload = 125;

    // Any key will do: the mask protects proxies from scripts, and there is neither here.
    private static readonly byte[] MaskKey = [0x37, 0xFA, 0x21, 0x3D];

    private readonly Socket _socket;
    private readonly byte[] _buffer;
    private readonly StringBuilder _status = new();
    private int _start;
    private int _end;
    private long _frameLeft;
    private byte _channel;

    private AttachSession(Socket socket, int bufferSize)
    {
        _socket = socket;
        _buffer = new byte[bufferSize];
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
            session.Dispose();
            throw;
        }
    }

    /// <summary>A whole message as it goes over the wire; one may be sent many times.</summary>
    internal static byte[] Message(byte channel, ReadOnlySpan<byte> data)
    {
        byte[] payload = new byte[data.Length + 1];
        payload[0] = channel;
        data.CopyTo(payload.AsSpan(1));
        return Frame(Binary, payload);
    }

    internal void SendStdin(string text) => Send(Message(Stdin, Encoding.ASCII.GetBytes(text)));

    internal void Send(ReadOnlySpan<byte> message)
    {
        while (!message.IsEmpty)
        {
            message = message[_socket.Send(message)..];
        }
    }

    /// <summary>How long a read may take from now on.</summary>
    internal TimeSpan ReadPatience
    {
        set => _socket.ReceiveTimeout = (int)value.TotalMilliseconds;
    }

    /// <summary>The next bytes of stdout, never none, valid until the next call.</summary>
    /// <exception cref="EndOfStreamException">The session ended.</exception>
    /// <exception cref="SocketException">Nothing came for as long as patience lasts.</exception>
    internal ReadOnlySpan<byte> ReadOutput()
    {
        while (true)
        {
            if (_frameLeft == 0)
            {
                ReadHeader();
                continue;
            }

            Ensure(1);
            int length = (int)Math.Min(_frameLeft, _end - _start);
            ReadOnlySpan<byte> piece = _buffer.AsSpan(_start, length);
            _start += length;
            _frameLeft -= length;
            switch (_channel)
            {
                case Stdout:
                    return piece;
                case Status:
                    _status.Append(Encoding.UTF8.GetString(piece));
                    break;
            }
        }
    }

    /// <summary>Reads stdout up to and including a byte, which must be the last that is on its way.</summary>
    internal void ReadOutputUntil(byte last)
    {
        while (true)
        {
            ReadOnlySpan<byte> piece = ReadOutput();
            int index = piece.IndexOf(last);
            if (index >= 0 && index < piece.Length - 1)
            {
                throw new InvalidDataException("There is output after the marker.");
            }

            if (index >= 0)
            {
                return;
            }
        }
    }

    /// <summary>Ends the session as a client does that is done.</summary>
    public void Dispose()
    {
        try
        {
            Send(Frame(Close, [0x03, 0xE8]));
        }
        catch (SocketException)
        {
            // The peer was first.
        }

        _socket.Dispose();
    }

    private static byte[] Frame(byte opcode, ReadOnlySpan<byte> payload)
    {
        Span<byte> header = stackalloc byte[14];
        header[0] = (byte)(Final | opcode);
        int length = 2;
        switch (payload.Length)
        {
            case <= MaxControlPayload:
                header[1] = (byte)(Masked | payload.Length);
                break;
            case <= ushort.MaxValue:
                header[1] = Masked | 126;
                BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)payload.Length);
                length += sizeof(ushort);
                break;
            default:
                header[1] = Masked | 127;
                BinaryPrimitives.WriteUInt64BigEndian(header[2..], (ulong)payload.Length);
                length += sizeof(ulong);
                break;
        }

        MaskKey.CopyTo(header[length..]);
        length += MaskKey.Length;
        byte[] frame = new byte[length + payload.Length];
        header[..length].CopyTo(frame);
        for (int i = 0; i < payload.Length; i++)
        {
            frame[length + i] = (byte)(payload[i] ^ MaskKey[i & 3]);
        }

        return frame;
    }

    private void Upgrade(Uri url)
    {
        Send(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"""
            GET {url.PathAndQuery} HTTP/1.1
            Host: {url.Authority}
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==
            Sec-WebSocket-Protocol: v4.channel.k8s.io


            """).ReplaceLineEndings("\r\n")));
        int end;
        while ((end = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8)) < 0)
        {
            Ensure(_end - _start + 1);
        }

        string response = Encoding.ASCII.GetString(_buffer, _start, end);
        _start += end + 4;
        if (!response.StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal))
        {
            throw new InvalidDataException($"The upgrade was refused: {response}");
        }
    }

    private void ReadHeader()
    {
        Ensure(2);
        byte opcode = (byte)(_buffer[_start] & 0x0F);
        bool final = (_buffer[_start] & Final) != 0;
        long length = _buffer[_start + 1];
        int header = length switch { 127 => 10, 126 => 4, _ => 2 };
        Ensure(header);
        length = header switch
        {
            10 => BinaryPrimitives.ReadInt64BigEndian(_buffer.AsSpan(_start + 2)),
            4 => BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(_start + 2)),
            _ => length,
        };
        _start += header;
        switch (opcode)
        {
            case Binary or Text when final && length > 0:
                Ensure(1);
                _channel = _buffer[_start++];
                _frameLeft = length - 1;
                break;
            case Ping or Pong when length <= MaxControlPayload:
                Ensure((int)length);
                if (opcode == Ping)
                {
                    Send(Frame(Pong, _buffer.AsSpan(_start, (int)length)));
                }

                _start += (int)length;
                break;
            case Close:
                throw new EndOfStreamException($"The session ended: {_status}");
            default:
                throw new InvalidDataException($"A frame that v4 does not have: opcode {opcode}, {length} bytes.");
        }
    }

    // Reads until so many bytes are in the buffer.
    private void Ensure(int count)
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_start + count > _buffer.Length || (_end == _buffer.Length && _end - _start < count))
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        while (_end - _start < count)
        {
            int read = _socket.Receive(_buffer.AsSpan(_end));
            if (read == 0)
            {
                throw new EndOfStreamException($"The connection ended without a close frame: {_status}");
            }

            _end += read;
        }
    }
}
