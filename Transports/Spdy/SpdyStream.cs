using System.IO.Pipelines;
using CriAttach.Wire.Spdy;

namespace CriAttach.Transports.Spdy;

/// <summary>
/// A stream of a connection. What it does not read, its connection waits for (<see cref="SpdyOptions.InputBuffer"/>): read
/// <see cref="Input"/> to its end, complete it, or call <see cref="DiscardInput"/>.
/// </summary>
public sealed class SpdyStream
{
    private readonly SpdyConnection _connection;
    private readonly Pipe _input;
    private readonly TaskCompletionSource _replied = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private volatile bool _discarding;
    private bool _writable = true;
    private bool _readable = true;
    private bool _receiving;

    internal SpdyStream(SpdyConnection connection, uint id, SpdyHeaders headers, int inputBuffer)
    {
        (_connection, Id, Headers) = (connection, id, headers);

        // Reader and connection hand over to each other on the spot: a byte costs no change of threads.
        _input = new Pipe(new PipeOptions(
            readerScheduler: PipeScheduler.Inline,
            writerScheduler: PipeScheduler.Inline,
            pauseWriterThreshold: inputBuffer,
            resumeWriterThreshold: inputBuffer / 2,
            useSynchronizationContext: false));
    }

    /// <summary>The stream's number on its connection.</summary>
    public uint Id { get; }

    /// <summary>What it was opened with.</summary>
    public SpdyHeaders Headers { get; }

    /// <summary>
    /// What the peer sends. It completes without exception, also when the end came early: <see cref="End"/> tells. The reader runs in the
    /// connection's own loop and must not block it.
    /// </summary>
    public PipeReader Input => _input.Reader;

    /// <summary>Why the input is complete; set before it is.</summary>
    public SpdyStreamEnd End { get; private set; }

    /// <summary>Why the stream was reset, by either side.</summary>
    public SpdyStatus? ResetStatus { get; private set; }

    /// <summary>Whether the peer still takes data.</summary>
    public bool IsWritable
    {
        get
        {
            lock (_gate)
            {
                return _writable;
            }
        }
    }

    internal Task Replied => _replied.Task;

    internal bool IsOver
    {
        get
        {
            lock (_gate)
            {
                return !_writable && !_readable;
            }
        }
    }

    /// <summary>Sends bytes.</summary>
    /// <param name="data">The bytes; the caller's again when this is done.</param>
    /// <returns>Completes when the connection can take more.</returns>
    /// <exception cref="SpdyStreamClosedException">The stream takes nothing more.</exception>
    /// <exception cref="IOException">The connection is gone.</exception>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> data)
    {
        if (!IsWritable)
        {
            throw new SpdyStreamClosedException(ResetStatus);
        }

        return _connection.WriteAsync([new(this, data)]);
    }

    /// <summary>Says that nothing more is sent; the peer may still send. Nothing happens where that was said before.</summary>
    /// <exception cref="IOException">The connection is gone.</exception>
    public ValueTask FinishAsync() => _connection.WriteAsync([new(this, default, Fin: true)]);

    /// <summary>Ends the stream in both directions; what the peer still sends is thrown away.</summary>
    /// <param name="status">Why.</param>
    /// <returns>Completes when there is room for more control frames; the reset may still be on its way.</returns>
    public Task ResetAsync(SpdyStatus status) => TryReset(status) ? _connection.SendResetAsync(this, status) : Task.CompletedTask;

    /// <summary>Throws away what the peer will send, and lets the connection go on if it waits for this stream's reader.</summary>
    public void DiscardInput()
    {
        _discarding = true;
        _input.Writer.CancelPendingFlush();
    }

    /// <summary>Whether data may go out now; with <paramref name="fin"/> it is the last.</summary>
    internal bool BeginWrite(bool fin)
    {
        lock (_gate)
        {
            var may = _writable;
            _writable &= !fin;
            return may;
        }
    }

    internal void Reply() => _replied.TrySetResult();

    /// <summary>Takes what came; completes when there is room for more. One call at a time.</summary>
    internal async ValueTask ReceiveAsync(ReadOnlyMemory<byte> data)
    {
        lock (_gate)
        {
            if (_discarding || !_readable)
            {
                return;
            }

            _receiving = true;
        }

        var result = await _input.Writer.WriteAsync(data);
        bool complete;
        lock (_gate)
        {
            _receiving = false;
            _discarding |= result.IsCompleted;
            complete = !_readable;
        }

        if (complete)
        {
            await _input.Writer.CompleteAsync();
        }
    }

    internal void ReceiveReset(SpdyStatus status)
    {
        TryReset(status);
        _replied.TrySetException(new SpdyStreamClosedException(status));
    }

    internal void EndConnection(Exception fault)
    {
        lock (_gate)
        {
            _writable = false;
        }

        _replied.TrySetException(fault);
        CompleteInput(SpdyStreamEnd.ConnectionEnded);
    }

    internal void CompleteInput(SpdyStreamEnd end)
    {
        lock (_gate)
        {
            if (!_readable)
            {
                return;
            }

            _readable = false;
            End = end;
            if (_receiving)
            {
                // The pipe has one writer at a time: the one at work completes it.
                _input.Writer.CancelPendingFlush();
                return;
            }
        }

        _input.Writer.Complete();
    }

    private bool TryReset(SpdyStatus status)
    {
        lock (_gate)
        {
            if (!_writable && !_readable)
            {
                return false;
            }

            _writable = false;
            ResetStatus = status;
        }

        CompleteInput(SpdyStreamEnd.Reset);
        return true;
    }
}
