using System.Buffers;
using System.IO.Pipelines;
using CriAttach.Interfaces.Stdio;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Gateway.Streaming.WebSocket;

/// <summary>
/// The one writer of a connection. Whole frames go into the pipe under a lock, one flush behind them. A pong never waits in line: whoever
/// holds the lock writes it before letting go, and only the newest counts.
/// </summary>
/// <param name="pipe">The connection.</param>
/// <param name="protocol">The negotiated protocol.</param>
internal sealed class WebSocketOutput(PipeWriter pipe, StreamProtocol protocol) : IAsyncDisposable
{
    private const int MaxEncoded = 3 * 1024;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ChannelWriter _writer = new(protocol);
    private readonly Lock _pongGate = new();
    private byte[]? _pong;
    private int _pongLength;
    private bool _pongPending;
    private bool _closed;

    /// <summary>Gets a value indicating whether the connection is known to be gone.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Sends output: neighbours of one stream go into one frame.</summary>
    /// <param name="frames">The output.</param>
    /// <exception cref="IOException">The connection is gone.</exception>
    public async ValueTask WriteAsync(IReadOnlyList<OutputFrame> frames)
    {
        await _turn.WaitAsync();
        try
        {
            for (var i = 0; i < frames.Count && !_closed;)
            {
                var first = i;
                var length = 0;
                for (; i < frames.Count && frames[i].Stream == frames[first].Stream && IsNext(frames[i], frames[first].Offset + length); i++)
                {
                    length += frames[i].Data.Length;
                }

                Put(frames, first, i, length);
            }

            await FlushAsync();
        }
        finally
        {
            await ReleaseAsync();
        }
    }

    /// <summary>Sends one message.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="payload">The payload.</param>
    /// <exception cref="IOException">The connection is gone.</exception>
    public async ValueTask WriteAsync(StdioChannel channel, ReadOnlyMemory<byte> payload)
    {
        await _turn.WaitAsync();
        try
        {
            if (!_closed)
            {
                PutMessage(channel, payload.Span);
            }

            await FlushAsync();
        }
        finally
        {
            await ReleaseAsync();
        }
    }

    /// <summary>Sends bytes that are of no channel, as one binary message.</summary>
    /// <param name="payload">The bytes.</param>
    /// <exception cref="IOException">The connection is gone.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> payload)
    {
        await _turn.WaitAsync();
        try
        {
            if (!_closed)
            {
                pipe.Advance(WebSocketFrameWriter.WriteHeader(pipe.GetSpan(WebSocketFrameWriter.MaxHeaderLength), WebSocketOpcode.Binary, payload.Length));
                pipe.Write(payload.Span);
            }

            await FlushAsync();
        }
        finally
        {
            await ReleaseAsync();
        }
    }

    /// <summary>Sends the close frame; nothing goes out behind it.</summary>
    /// <param name="code">The code.</param>
    /// <param name="reason">The reason.</param>
    /// <exception cref="IOException">The connection is gone.</exception>
    public async Task CloseAsync(ushort code, string reason)
    {
        await _turn.WaitAsync();
        try
        {
            if (!_closed)
            {
                _closed = true;
                pipe.Advance(WebSocketFrameWriter.WriteClose(pipe.GetSpan(WebSocketFrameWriter.MaxControlFrameLength), code, reason));
            }

            await FlushAsync();
        }
        finally
        {
            await ReleaseAsync();
        }
    }

    /// <summary>Sends a pong as soon as the frame that is being written is out. Never waits.</summary>
    /// <param name="payload">The payload of the ping.</param>
    public void PostPong(ReadOnlySpan<byte> payload)
    {
        lock (_pongGate)
        {
            _pong ??= new byte[WebSocketFrameReader.MaxControlPayload];
            payload.CopyTo(_pong);
            _pongLength = payload.Length;
            _pongPending = true;
        }

        if (_turn.Wait(0, CancellationToken.None))
        {
            _ = ReleaseAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Somebody may still be writing a pong.
        await _turn.WaitAsync();
        _closed = true;
    }

    private void Put(IReadOnlyList<OutputFrame> frames, int first, int end, int length)
    {
        var channel = frames[first].Stream == StdioStream.Stderr ? StdioChannel.Stderr : StdioChannel.Stdout;
        if (!protocol.IsBase64)
        {
            long? offset = protocol.HasOffsets ? frames[first].Offset : null;
            pipe.Advance(_writer.WritePrefix(pipe.GetSpan(ChannelWriter.MaxPrefixLength), channel, length, offset: offset));
            for (var i = first; i < end; i++)
            {
                pipe.Write(frames[i].Data.Span);
            }

            return;
        }

        for (var i = first; i < end; i++)
        {
            for (var rest = frames[i].Data; !rest.IsEmpty; rest = rest[Math.Min(MaxEncoded, rest.Length)..])
            {
                PutMessage(channel, rest.Span[..Math.Min(MaxEncoded, rest.Length)]);
            }
        }
    }

    private bool IsNext(in OutputFrame frame, long offset) => !protocol.HasOffsets || frame.Offset == offset;

    private void PutMessage(StdioChannel channel, ReadOnlySpan<byte> payload) =>
        pipe.Advance(_writer.WriteMessage(pipe.GetSpan(_writer.MessageLength(payload.Length)), channel, payload));

    private async ValueTask FlushAsync()
    {
        try
        {
            var result = await pipe.FlushAsync();
            if (result.IsCompleted || result.IsCanceled)
            {
                throw new IOException("the client's connection is gone");
            }
        }
        catch (Exception fault) when (fault is not IOException)
        {
            IsBroken = true;
            throw new IOException("the client's connection is gone", fault);
        }
        catch (IOException)
        {
            IsBroken = true;
            throw;
        }
    }

    private async Task ReleaseAsync()
    {
        do
        {
            try
            {
                while (PutPong())
                {
                    await FlushAsync();
                }
            }
            catch (IOException)
            {
                // Whoever reads or writes next finds out by itself.
            }

            _turn.Release();
        }
        while (IsPongPending() && _turn.Wait(0, CancellationToken.None));
    }

    private bool IsPongPending()
    {
        lock (_pongGate)
        {
            return _pongPending && !_closed && !IsBroken;
        }
    }

    private bool PutPong()
    {
        lock (_pongGate)
        {
            if (!_pongPending || _closed || IsBroken)
            {
                return false;
            }

            _pongPending = false;
            var span = pipe.GetSpan(WebSocketFrameWriter.MaxControlFrameLength);
            pipe.Advance(WebSocketFrameWriter.WriteControl(span, WebSocketOpcode.Pong, _pong.AsSpan(0, _pongLength)));
            return true;
        }
    }
}
