using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CriAttach.Wire.Channels;
using CriAttach.Wire.Http;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Conformance.Tests.Peers;

/// <summary>A client that can break the rules: it writes the bytes that it is told to, and shows every frame as it came.</summary>
internal sealed class RawWebSocket : IDisposable
{
    private const uint MaskKey = 0x1234_5678;

    private readonly Socket _socket;
    private readonly WebSocketFrameReader _reader = new(WebSocketRole.Client);
    private readonly byte[] _buffer = new byte[256 * 1024];
    private Memory<byte> _rest;

    private RawWebSocket(Socket socket, HttpResponseHead head, ReadOnlySpan<byte> rest)
    {
        _socket = socket;
        Head = head;
        rest.CopyTo(_buffer);
        _rest = _buffer.AsMemory(0, rest.Length);
    }

    public HttpResponseHead Head { get; }

    public HttpStatusCode Status => (HttpStatusCode)Head.StatusCode;

    public Socket Socket => _socket;

    public static Task<RawWebSocket> OpenAsync(Uri url, params string[] protocols) =>
        OpenAsync(url, WebSocketHandshake.Request(url.Authority, url.PathAndQuery, WebSocketHandshake.Key(new byte[16]), protocols));

    public static async Task<RawWebSocket> OpenAsync(Uri url, HttpUpgradeRequest request)
    {
        var bytes = new ArrayBufferWriter<byte>();
        request.Write(bytes);
        return await OpenAsync(url, bytes.WrittenMemory);
    }

    public static async Task<RawWebSocket> OpenAsync(Uri url, ReadOnlyMemory<byte> request)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(url.Host, url.Port);
        await socket.SendAsync(request);
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (true)
        {
            var count = await socket.ReceiveAsync(buffer.AsMemory(length));
            length += count;
            if (TryHead(buffer.AsSpan(0, length), out var head, out var rest))
            {
                return new RawWebSocket(socket, head!, rest);
            }

            if (count == 0)
            {
                throw new IOException("the server closed before it answered");
            }
        }
    }

    /// <summary>The next frame, or none when the server has closed the connection.</summary>
    public async Task<Frame?> ReadAsync()
    {
        var payload = new ArrayBufferWriter<byte>();
        while (true)
        {
            while (_reader.TryRead(ref _rest, out var piece))
            {
                payload.Write(piece.Payload.Span);
                if (piece.EndsFrame)
                {
                    return new Frame(piece.Opcode, payload.WrittenSpan.ToArray());
                }
            }

            _rest.CopyTo(_buffer);
            var kept = _rest.Length;
            var count = await _socket.ReceiveAsync(_buffer.AsMemory(kept)).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
            if (count == 0)
            {
                return null;
            }

            _rest = _buffer.AsMemory(0, kept + count);
        }
    }

    /// <summary>The next frame of the kind; others on the way are dropped.</summary>
    public async Task<Frame> ReadAsync(WebSocketOpcode opcode)
    {
        while (true)
        {
            var frame = await ReadAsync() ?? throw new IOException($"the server closed before it sent a {opcode}");
            if (frame.Opcode == opcode)
            {
                return frame;
            }
        }
    }

    /// <summary>Reads a channel's bytes until there are as many as wanted.</summary>
    public async Task<string> ReadTextAsync(StdioChannel channel, int length)
    {
        var text = new StringBuilder();
        while (text.Length < length)
        {
            var frame = await ReadAsync(WebSocketOpcode.Binary);
            if (frame.Payload[0] == (byte)channel)
            {
                text.Append(Encoding.Latin1.GetString(frame.Payload.AsSpan(1)));
            }
        }

        return text.ToString();
    }

    public Task SendAsync(ReadOnlySpan<byte> payload, WebSocketOpcode opcode = WebSocketOpcode.Binary, bool final = true, bool masked = true)
    {
        var bytes = new byte[WebSocketFrameWriter.MaxHeaderLength + payload.Length];
        var header = WebSocketFrameWriter.WriteHeader(bytes, opcode, payload.Length, final, masked ? MaskKey : null);
        payload.CopyTo(bytes.AsSpan(header));
        if (masked)
        {
            WebSocketFrameWriter.Mask(bytes.AsSpan(header, payload.Length), MaskKey);
        }

        return SendRawAsync(bytes.AsMemory(0, header + payload.Length));
    }

    public async Task SendRawAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _socket.SendAsync(bytes)..];
        }
    }

    public void Dispose() => _socket.Dispose();

    private static bool TryHead(ReadOnlySpan<byte> input, out HttpResponseHead? head, out ReadOnlySpan<byte> rest)
    {
        rest = input;
        return HttpResponseHead.TryRead(ref rest, out head);
    }
}
