using System.Buffers;
using System.Threading.Channels;
using CriAttach.Wire.Spdy;

namespace CriAttach.Transports.Spdy;

/// <content>What the peer sends.</content>
public sealed partial class SpdyConnection
{
    private const int ReceiveBuffer = 64 * 1024;

    private readonly SpdyFrameReader _frames;
    private readonly SpdyHeaderReader _headers;
    private readonly Channel<SpdyStream> _incoming;

    /// <summary>A server's streams, in the order in which the client opened them; all are accepted already. Completes with the connection.</summary>
    public ChannelReader<SpdyStream> Incoming => _incoming.Reader;

    /// <summary>
    /// Reads and throws away until the peer closes. Bytes that nobody read would make the kernel reset the connection, and our last words with it.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        foreach (var stream in Streams())
        {
            stream.DiscardInput();
        }

        var buffer = ArrayPool<byte>.Shared.Rent(ReceiveBuffer);
        try
        {
            await Completion.WaitAsync(cancellationToken);
            while (await _input.ReadAsync(buffer, cancellationToken) > 0)
            {
                // Not of interest.
            }
        }
        catch (Exception fault) when (IsGone(fault))
        {
            // It is gone, which is what was waited for, or has had its time.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static Channel<SpdyStream> NewIncoming(SpdyOptions options) =>
        Channel.CreateBounded<SpdyStream>(new BoundedChannelOptions(options.MaxStreams) { SingleWriter = true });

    private static bool IsGone(Exception fault) =>
        fault is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;

    private async Task RunAsync()
    {
        SpdyEnd end;
        try
        {
            end = await ReadFramesAsync();
        }
        catch (SpdyProtocolException fault)
        {
            end = new(SpdyEndCause.Fault, fault.Message);
        }
        catch (Exception fault) when (IsGone(fault))
        {
            end = new(SpdyEndCause.Broken, fault.Message);
        }
        catch (Exception fault)
        {
            // A fault of this side's own: it ends the connection and reaches whoever awaits its end.
            EndStreams(new IOException("the connection has failed", fault));
            _completion.SetException(fault);
            return;
        }

        EndStreams(new IOException($"the connection has ended: {end.Message}"));
        _completion.SetResult(end);
    }

    private async Task<SpdyEnd> ReadFramesAsync()
    {
        byte[]? buffer = null;
        try
        {
            var kept = 0;
            var more = false;
            while (true)
            {
                if (kept == 0 && !more)
                {
                    // Nothing begun, and nothing at hand: wait without memory.
                    Return(ref buffer);
                    _ = await _input.ReadAsync(Memory<byte>.Empty);
                    buffer = ArrayPool<byte>.Shared.Rent(Math.Max(ReceiveBuffer, 2 * _frames.MaxLeftover));
                }

                var count = await _input.ReadAsync(buffer.AsMemory(kept));
                more = kept + count == buffer!.Length;
                if (count == 0)
                {
                    return kept == 0 && !_frames.InFrame
                        ? new(SpdyEndCause.Closed, "the peer has closed the connection")
                        : new(SpdyEndCause.Broken, "the peer has closed the connection inside a frame");
                }

                _options.OnReceived?.Invoke();
                ReadOnlyMemory<byte> rest = buffer.AsMemory(0, kept + count);
                while (_frames.TryRead(ref rest, out var piece))
                {
                    if (piece.Type == SpdyFrameType.GoAway)
                    {
                        return new(SpdyEndCause.WentAway, $"the peer went away: {(SpdyGoAwayStatus)piece.Value}");
                    }

                    await HandleAsync(piece);
                }

                rest.CopyTo(buffer);
                kept = rest.Length;
            }
        }
        finally
        {
            Return(ref buffer);
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

    private ValueTask HandleAsync(in SpdyPiece piece)
    {
        switch (piece.Type)
        {
            case SpdyFrameType.Data:
                return Find(piece.StreamId) is { } stream ? ReceiveDataAsync(stream, piece.Payload, piece.EndsStream) : default;
            case SpdyFrameType.SynStream:
                return new(AcceptAsync(piece.StreamId, _headers.Read(piece.Payload.Span), piece.EndsStream));
            case SpdyFrameType.SynReply:
            case SpdyFrameType.Headers:
                // The block is opened whatever becomes of it: the next one builds on it.
                _ = _headers.Read(piece.Payload.Span);
                ReceiveReply(Find(piece.StreamId), piece);
                return default;
            case SpdyFrameType.RstStream when Find(piece.StreamId) is { } reset:
                reset.ReceiveReset((SpdyStatus)piece.Value);
                ForgetIfOver(reset);
                return default;
            case SpdyFrameType.Ping:
                return new(ReceivePingAsync(piece.Value));
            default:
                return default;
        }
    }

    private async ValueTask ReceiveDataAsync(SpdyStream stream, ReadOnlyMemory<byte> data, bool endsStream)
    {
        if (!data.IsEmpty)
        {
            await stream.ReceiveAsync(data);
        }

        if (endsStream)
        {
            FinishInput(stream);
        }
    }

    private Task AcceptAsync(uint id, SpdyHeaders headers, bool endsStream)
    {
        SpdyStatus refusal;
        if (_role == SpdyRole.Client)
        {
            refusal = SpdyStatus.RefusedStream;
        }
        else if (id % 2 == 0 || id <= _lastAccepted)
        {
            refusal = SpdyStatus.ProtocolError;
        }
        else
        {
            var stream = new SpdyStream(this, id, headers, _options.InputBuffer);
            if (TryAdd(stream, out var room))
            {
                if (endsStream)
                {
                    FinishInput(stream);
                }

                _incoming.Writer.TryWrite(stream);
                return SendAsync(room);
            }

            refusal = SpdyStatus.RefusedStream;
        }

        return SendAsync(_output.Put((_, output) => SpdyFrameWriter.RstStream(output, id, refusal)));
    }

    // The reply is put down before anybody knows of the stream, so no data can overtake it.
    private bool TryAdd(SpdyStream stream, out Task room)
    {
        lock (_gate)
        {
            _lastAccepted = stream.Id;
            room = Task.CompletedTask;
            if (_streams.Count >= _options.MaxStreams || _incoming.Reader.Count >= _options.MaxStreams)
            {
                return false;
            }

            _streams.Add(stream.Id, stream);
            room = _output.Put((frames, output) => frames.SynReply(output, stream.Id, SpdyFlags.None, SpdyHeaders.Empty));
            return true;
        }
    }

    private void ReceiveReply(SpdyStream? stream, in SpdyPiece piece)
    {
        if (stream is null)
        {
            return;
        }

        if (piece.Type == SpdyFrameType.SynReply)
        {
            stream.Reply();
        }

        if (piece.EndsStream)
        {
            FinishInput(stream);
        }
    }

    private Task ReceivePingAsync(uint id)
    {
        // Who sent a ping shows in its parity; the rest are answers to our own.
        if ((id % 2 == 0) == (_role == SpdyRole.Client))
        {
            return SendAsync(_output.Put((_, output) => SpdyFrameWriter.Ping(output, id)));
        }

        lock (_gate)
        {
            _pingUnderWay = false;
        }

        return Task.CompletedTask;
    }

    private void FinishInput(SpdyStream stream)
    {
        stream.CompleteInput(SpdyStreamEnd.Finished);
        ForgetIfOver(stream);
    }

    private SpdyStream? Find(uint id)
    {
        lock (_gate)
        {
            return _streams.GetValueOrDefault(id);
        }
    }

    private SpdyStream[] Streams()
    {
        lock (_gate)
        {
            return [.. _streams.Values];
        }
    }

    private void EndStreams(IOException fault)
    {
        lock (_gate)
        {
            _ended = true;
        }

        _incoming.Writer.TryComplete();
        foreach (var stream in Streams())
        {
            stream.EndConnection(fault);
        }
    }
}
