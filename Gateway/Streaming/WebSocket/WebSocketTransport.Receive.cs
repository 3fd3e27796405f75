using System.Buffers;
using CriAttach.Interfaces.Stdio;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Gateway.Streaming.WebSocket;

/// <content>What the client sends.</content>
internal sealed partial class WebSocketTransport
{
    private const int ReceiveBuffer = 64 * 1024;
    private const int DrainBuffer = 4 * 1024;

    /// <inheritdoc/>
    public async Task<ClientEnd> ReceiveAsync(ISessionInput input)
    {
        var receiver = new WebSocketReceiver(_protocol);
        byte[]? buffer = null;
        try
        {
            var kept = 0;
            while (true)
            {
                if (kept == 0)
                {
                    // Nothing begun: wait without memory.
                    Return(ref buffer);
                    _ = await _input.ReadAsync(Memory<byte>.Empty);
                    buffer = ArrayPool<byte>.Shared.Rent(ReceiveBuffer);
                }

                var count = await _input.ReadAsync(buffer.AsMemory(kept));
                if (count == 0)
                {
                    return ClientEnd.Gone;
                }

                var rest = buffer.AsMemory(0, kept + count);
                while (receiver.TryRead(ref rest, out var item))
                {
                    if (item.Kind == ReceivedKind.Close)
                    {
                        return ClientEnd.Closed;
                    }

                    if (!await HandleAsync(item, receiver, input))
                    {
                        return ClientEnd.Gone;
                    }
                }

                rest.CopyTo(buffer);
                kept = rest.Length;
            }
        }
        catch (WebSocketProtocolException fault)
        {
            _farewell = (fault.CloseCode, fault.Message);
            return ClientEnd.Fault;
        }
        catch (ChannelFaultException fault)
        {
            _farewell = (fault.CloseCode, fault.Message);
            return ClientEnd.Fault;
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            return ClientEnd.Gone;
        }
        finally
        {
            // Nobody acknowledges any more.
            _link?.Window.Open();
            Return(ref buffer);
        }
    }

    /// <inheritdoc/>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        // Bytes that nobody read would make the kernel reset the connection, and our last words with it.
        var buffer = ArrayPool<byte>.Shared.Rent(DrainBuffer);
        try
        {
            while (await _input.ReadAsync(buffer, cancellationToken) > 0)
            {
                // Not of interest.
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // It is gone, which is what was waited for, or has had its time.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Return(ref byte[]? buffer)
    {
        if (buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = null;
        }
    }

    /// <summary>Handles an item; false when the client is gone.</summary>
    private ValueTask<bool> HandleAsync(in ReceivedItem item, WebSocketReceiver receiver, ISessionInput input)
    {
        switch (item.Kind)
        {
            case ReceivedKind.Ping:
                _output.PostPong(item.Payload.Span);
                break;
            case ReceivedKind.Stdin:
                var fresh = _link?.Unseen(item.Offset, item.Payload) ?? item.Payload;
                var room = input.WriteAsync(fresh.Span);
                return room.IsCompleted ? new(true) : new(WaitForRoomAsync(room, input));
            case ReceivedKind.Control:
                _link?.Take(item.Payload.Span, item.EndsMessage);
                break;
            case ReceivedKind.StdinEnd:
                input.End();
                break;
            case ReceivedKind.Resize:
                var bytes = (ReadOnlySpan<byte>)item.Payload.Span;
                while (receiver.Resizes.TryRead(ref bytes, out var size))
                {
                    input.Resize(new TerminalSize { Width = size.Width, Height = size.Height });
                }

                break;
            default:
                break;
        }

        return new(true);
    }

    /// <summary>
    /// The client's input does not get through, so the socket is not read, and pings wait in it. Clients give up when no pong comes: they
    /// get some that they did not ask for. These also show when the client is gone, which a socket that is not read does not.
    /// </summary>
    private Task<bool> WaitForRoomAsync(Task room, ISessionInput input) => _room.WaitAsync(room, input, () => _output.PostPong([]));
}
