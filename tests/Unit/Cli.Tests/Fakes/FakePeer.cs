using System.Buffers;
using System.Text;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Cli.Tests.Fakes;

/// <summary>The gateway's end of a session, speaking with the product's own codecs.</summary>
internal sealed class FakePeer(Stream stream)
{
    private readonly WebSocketFrameReader _reader = new(WebSocketRole.Server);
    private readonly ChannelWriter _writer = new(StreamProtocol.V5);
    private readonly byte[] _buffer = new byte[256 * 1024];
    private Memory<byte> _unread;

    /// <summary>How the server's writes are cut: each piece is written by itself.</summary>
    public int PieceLength { get; init; } = int.MaxValue;

    public async Task<string> ReadRequestAsync()
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            Assert.Equal(1, await stream.ReadAsync(one));
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    public async Task AcceptAsync(string protocol = "v5.channel.k8s.io", byte[]? behind = null)
    {
        var request = await ReadRequestAsync();
        var key = request.Split("\r\n").Single(line => line.StartsWith("Sec-WebSocket-Key: ", StringComparison.Ordinal))[19..];
        var answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Accept: {WebSocketHandshake.AcceptKey(key)}\r\nSec-WebSocket-Protocol: {protocol}\r\n\r\n";
        await WriteAsync([.. Encoding.ASCII.GetBytes(answer), .. behind ?? []]);
    }

    public Task AnswerAsync(string answer) => WriteAsync(Encoding.ASCII.GetBytes(answer));

    public Task SendAsync(StdioChannel channel, string text) => SendAsync(channel, Encoding.UTF8.GetBytes(text));

    public Task SendAsync(StdioChannel channel, byte[] payload) => WriteAsync(Message(channel, payload));

    public byte[] Message(StdioChannel channel, byte[] payload)
    {
        var frame = new byte[_writer.MessageLength(payload.Length)];
        return frame[.._writer.WriteMessage(frame, channel, payload)];
    }

    public Task SendStatusAsync(SessionStatus status)
    {
        var json = new ArrayBufferWriter<byte>();
        StatusCodec.Write(json, StreamProtocol.V5, status);
        return SendAsync(StdioChannel.Status, json.WrittenSpan.ToArray());
    }

    public Task SendCloseAsync(ushort code = WebSocketCloseCode.Normal, string reason = "")
    {
        var frame = new byte[WebSocketFrameWriter.MaxControlFrameLength];
        return WriteAsync(frame[..WebSocketFrameWriter.WriteClose(frame, code, reason)]);
    }

    public Task SendControlAsync(WebSocketOpcode opcode, byte[] payload)
    {
        var frame = new byte[WebSocketFrameWriter.MaxControlFrameLength];
        return WriteAsync(frame[..WebSocketFrameWriter.WriteControl(frame, opcode, payload)]);
    }

    public async Task EndAsync(SessionStatus status)
    {
        await SendStatusAsync(status);
        await SendCloseAsync();
    }

    /// <summary>The next frame; null when the client has gone.</summary>
    public async Task<Received?> ReceiveAsync()
    {
        var payload = new List<byte>();
        while (true)
        {
            while (_reader.TryRead(ref _unread, out var piece))
            {
                payload.AddRange(piece.Payload.Span);
                if (piece.EndsFrame)
                {
                    return new(piece.Opcode, [.. payload]);
                }
            }

            var kept = _unread.Length;
            _unread.CopyTo(_buffer);
            var count = await ReadAsync(_buffer.AsMemory(kept));
            if (count == 0)
            {
                return null;
            }

            _unread = _buffer.AsMemory(0, kept + count);
        }
    }

    public async Task<Received> ExpectAsync(StdioChannel channel)
    {
        var frame = await ReceiveAsync();
        Assert.NotNull(frame);
        Assert.Equal(WebSocketOpcode.Binary, frame.Opcode);
        Assert.Equal(channel, frame.Channel);
        return frame;
    }

    public async Task WriteAsync(byte[] bytes)
    {
        foreach (var piece in bytes.Chunk(Math.Min(PieceLength, bytes.Length)))
        {
            await stream.WriteAsync(piece);
        }

        await stream.FlushAsync();
    }

    public ValueTask HangUpAsync() => stream.DisposeAsync();

    private async Task<int> ReadAsync(Memory<byte> buffer)
    {
        try
        {
            return await stream.ReadAsync(buffer);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
