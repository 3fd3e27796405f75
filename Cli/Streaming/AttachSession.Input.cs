using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using CriAttach.Wire;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Cli.Streaming;

// From this side to the gateway. Every sender answers false when the session is over: its end tells why.
internal sealed partial class AttachSession
{
    private const int MaxChunk = 32 * 1024;
    private readonly ChannelWriter _messages = new(StreamProtocol.V5);

    /// <summary>Sends input to PID 1, as fast as the gateway takes it.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="cancellationToken">Ends the wait; a message that is half sent ends the session.</param>
    /// <returns>False when the session is over.</returns>
    public async ValueTask<bool> SendStdinAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        while (!data.IsEmpty)
        {
            var chunk = data[..Math.Min(data.Length, MaxChunk)];
            if (!await SendMessageAsync(StdioChannel.Stdin, chunk, cancellationToken))
            {
                return false;
            }

            data = data[chunk.Length..];
        }

        return true;
    }

    /// <summary>Tells that no more input comes; output goes on.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when the session is over.</returns>
    public async ValueTask<bool> CloseStdinAsync(CancellationToken cancellationToken = default) =>
        await SendMessageAsync(StdioChannel.Close, new[] { (byte)StdioChannel.Stdin }, cancellationToken);

    /// <summary>Tells the size of the terminal.</summary>
    /// <param name="size">The size.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when the session is over.</returns>
    public async ValueTask<bool> ResizeAsync(WindowSize size, CancellationToken cancellationToken = default)
    {
        var message = new byte[ResizeWriter.MaxLength];
        var length = ResizeWriter.Write(message, size);
        return await SendMessageAsync(StdioChannel.Resize, message.AsMemory(0, length), cancellationToken);
    }

    /// <summary>Leaves: PID 1 runs on. The reader sees the end, at the latest after the close timeout.</summary>
    public async ValueTask DetachAsync()
    {
        if (Interlocked.Exchange(ref _detaching, 1) != 0)
        {
            return;
        }

        // One timer for both: the close frame may have to wait behind input, and its answer behind output.
        _leaving = _options.Clock.CreateTimer(
            _ => GiveUp("the gateway did not answer the close in time"), null, _options.CloseTimeout, Timeout.InfiniteTimeSpan);
        await SendControlAsync(new(WebSocketOpcode.Close, CloseBody(WebSocketCloseCode.Normal)));
    }

    private static byte[] CloseBody(ushort code)
    {
        var body = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(body, code);
        return body;
    }

    private static uint NewMaskKey()
    {
        Span<byte> key = stackalloc byte[sizeof(uint)];
        RandomNumberGenerator.Fill(key);
        return BinaryPrimitives.ReadUInt32BigEndian(key);
    }

    private async ValueTask<bool> SendMessageAsync(
        StdioChannel channel, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var frame = ArrayPool<byte>.Shared.Rent(_messages.MessageLength(payload.Length, masked: true));
        try
        {
            var length = _messages.WriteMessage(frame, channel, payload.Span, NewMaskKey());
            return await WriteAsync(frame.AsMemory(0, length), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(frame);
        }
    }

    private async ValueTask<bool> SendControlAsync(Control control)
    {
        var frame = new byte[WebSocketFrameWriter.MaxControlFrameLength];
        var length = WebSocketFrameWriter.WriteControl(frame, control.Opcode, control.Payload, NewMaskKey());
        return await WriteAsync(frame.AsMemory(0, length), CancellationToken.None);
    }

    private async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await _stream.WriteAsync(frame, cancellationToken);
            return true;
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException)
        {
            // What the gateway said before is still there to be read, and the reader tells the end.
            return false;
        }
        catch (OperationCanceledException)
        {
            GiveUp("sending was given up half-way");
            throw;
        }
        finally
        {
            _writing.Release();
        }
    }
}
