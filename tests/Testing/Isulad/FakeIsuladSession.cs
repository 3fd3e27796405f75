using System.Buffers;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Channels;
using CriAttach.Protos.Runtime.V1;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Testing.Isulad;

/// <summary>One who is attached, from iSulad's side, with its ways: text frames of bytes cut at NUL, no first message, no status, no close frame.</summary>
internal sealed class FakeIsuladSession(NetworkStream connection, FakeIsuladContainer container, AttachRequest request)
{
    private const int MaxPiece = 4096;
    private const int MaxQueued = 262_144;

    private readonly Channel<byte[]> _output = Channel.CreateBounded<byte[]>(MaxQueued);
    private readonly WebSocketFrameReader _frames = new(WebSocketRole.Server);
    private readonly ArrayBufferWriter<byte> _message = new();

    /// <summary>Serves until either side has had enough.</summary>
    public async Task RunAsync()
    {
        container.Add(this);
        var reading = ReadAsync();
        if (!container.IsRunning)
        {
            // How iSulad tells that it could not attach.
            await PutAsync(StdioChannel.Stdout, "attach failed: Container is not running"u8.ToArray()).ConfigureAwait(false);
            Finish();
        }

        try
        {
            await foreach (var frame in _output.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                await connection.WriteAsync(frame).ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException)
        {
            // The client is gone, or was cut off.
        }
        finally
        {
            container.Remove(this);
            await connection.DisposeAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(false);
        }
    }

    /// <summary>Queues output, where this client has asked for it.</summary>
    public Task QueueAsync(StdioChannel channel, ReadOnlyMemory<byte> bytes) =>
        (channel == StdioChannel.Stderr ? request.Stderr : request.Stdout) ? PutAsync(channel, bytes) : Task.CompletedTask;

    /// <summary>Ends the connection behind what is queued.</summary>
    public void Finish() => _output.Writer.TryComplete();

    // In frames as iSulad makes them.
    private async Task PutAsync(StdioChannel channel, ReadOnlyMemory<byte> bytes)
    {
        for (; !bytes.IsEmpty; bytes = bytes[Math.Min(MaxPiece, bytes.Length)..])
        {
            var piece = bytes[..Math.Min(MaxPiece, bytes.Length)];
            var nul = piece.Span.IndexOf((byte)0);
            if (nul != 0)
            {
                var text = nul < 0 ? piece : piece[..nul];
                await PutAsync(WebSocketOpcode.Text, [(byte)channel, .. text.Span]).ConfigureAwait(false);
            }
        }
    }

    private async Task PutAsync(WebSocketOpcode opcode, byte[] payload)
    {
        var header = new byte[WebSocketFrameWriter.MaxHeaderLength];
        var length = WebSocketFrameWriter.WriteHeader(header, opcode, payload.Length);
        try
        {
            await _output.Writer.WriteAsync([.. header.AsSpan(0, length), .. payload]).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            // The session has ended: what comes now is for nobody.
        }
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        Memory<byte> unread = default;
        try
        {
            while (true)
            {
                while (_frames.TryRead(ref unread, out var piece))
                {
                    if (piece.Opcode == WebSocketOpcode.Close)
                    {
                        return;
                    }

                    await HandleAsync(piece).ConfigureAwait(false);
                }

                unread.CopyTo(buffer);
                var count = await connection.ReadAsync(buffer.AsMemory(unread.Length)).ConfigureAwait(false);
                if (count == 0)
                {
                    return;
                }

                unread = buffer.AsMemory(0, unread.Length + count);
            }
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or WebSocketProtocolException)
        {
            // The connection has ended, by either side.
        }
        finally
        {
            Finish();
        }
    }

    // Long frames come in pieces and are joined; FIN is not looked at.
    private async Task HandleAsync(WebSocketPiece piece)
    {
        if (piece.IsControl)
        {
            if (piece.Opcode == WebSocketOpcode.Ping)
            {
                await PutAsync(WebSocketOpcode.Pong, piece.Payload.ToArray()).ConfigureAwait(false);
            }

            return;
        }

        _message.Write(piece.Payload.Span);
        if (!piece.EndsFrame)
        {
            return;
        }

        var message = _message.WrittenMemory.ToArray();
        _message.ResetWrittenCount();
        switch (message)
        {
            case [(byte)StdioChannel.Stdin, ..] when request.Stdin:
                await container.ReceiveAsync(message.AsMemory(1)).ConfigureAwait(false);
                break;
            case [(byte)StdioChannel.Resize, ..]:
                using (var size = JsonDocument.Parse(message.AsMemory(1)))
                {
                    container.Sizes.Enqueue((size.RootElement.GetProperty("Width").GetInt32(), size.RootElement.GetProperty("Height").GetInt32()));
                }

                break;
            default:
                break;
        }
    }
}
