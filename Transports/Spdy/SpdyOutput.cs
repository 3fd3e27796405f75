using System.Buffers;
using System.IO.Pipelines;
using CriAttach.Wire.Spdy;

namespace CriAttach.Transports.Spdy;

/// <summary>
/// The one writer of a connection. Data goes into the pipe under a turn, one flush behind it. Control frames never wait for the turn: they are
/// put down, and whoever has the turn writes them before its next data and before letting go. So replies and pings get out while data is
/// stuck behind a slow peer only as far as the peer reads, and reading goes on meanwhile.
/// </summary>
/// <param name="pipe">The connection.</param>
internal sealed class SpdyOutput(PipeWriter pipe) : IAsyncDisposable
{
    private const int MaxPending = 8 * 1024;
    private const int MaxFrame = 64 * 1024;
    private const int FlushAt = 256 * 1024;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _gate = new();
    private readonly SpdyFrameWriter _frames = new();
    private readonly ArrayBufferWriter<byte> _pending = new();
    private TaskCompletionSource? _room;
    private int _unflushed;
    private bool _closed;

    /// <summary>Gets a value indicating whether the connection is known to be gone.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Puts a control frame down. <see cref="Kick"/> sends it.</summary>
    /// <param name="write">Writes it; called before this returns, one at a time.</param>
    /// <returns>Completes when there is room for more: a peer that asks for answers and does not read them is not read either.</returns>
    public Task Put(Action<SpdyFrameWriter, IBufferWriter<byte>> write)
    {
        lock (_gate)
        {
            if (_closed || IsBroken)
            {
                return Task.CompletedTask;
            }

            write(_frames, _pending);
            return _pending.WrittenCount <= MaxPending
                ? Task.CompletedTask
                : (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Sends what was put down, now or as soon as the data that is being written is out. Never waits.</summary>
    public void Kick()
    {
        if (_turn.Wait(0, CancellationToken.None))
        {
            _ = ReleaseAsync();
        }
    }

    /// <summary>Sends data: neighbours of one stream share frames. What is for a stream that takes no more is thrown away.</summary>
    /// <param name="chunks">The data.</param>
    /// <exception cref="IOException">The connection is gone.</exception>
    public async ValueTask WriteAsync(IReadOnlyList<SpdyChunk> chunks)
    {
        await _turn.WaitAsync();
        try
        {
            ThrowIfClosed();
            TakePending();
            for (var i = 0; i < chunks.Count;)
            {
                var first = i;
                long length = 0;
                do
                {
                    length += chunks[i].Data.Length;
                    i++;
                }
                while (!chunks[i - 1].Fin && i < chunks.Count && chunks[i].Stream == chunks[first].Stream);

                if (chunks[first].Stream.BeginWrite(chunks[i - 1].Fin))
                {
                    await WriteRunAsync(chunks, first, i, length);
                }
            }

            await FlushAsync();
        }
        finally
        {
            await ReleaseAsync();
        }
    }

    /// <summary>Sends GOAWAY; nothing goes out behind it.</summary>
    /// <param name="lastGoodStream">The last stream of the peer that was accepted.</param>
    /// <param name="status">Why.</param>
    /// <exception cref="IOException">The connection is gone.</exception>
    public async Task GoAwayAsync(uint lastGoodStream, SpdyGoAwayStatus status)
    {
        await _turn.WaitAsync();
        try
        {
            if (!_closed)
            {
                TakePending();
                SpdyFrameWriter.GoAway(pipe, lastGoodStream, status);
                Close();
                await FlushAsync();
            }
        }
        finally
        {
            await ReleaseAsync();
        }
    }

    /// <summary>Waits for whoever is writing, and lets nobody write any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        Close();
        _turn.Release();
    }

    private async ValueTask WriteRunAsync(IReadOnlyList<SpdyChunk> chunks, int first, int end, long left)
    {
        var id = chunks[first].Stream.Id;
        var last = chunks[end - 1].Fin ? SpdyFlags.Fin : SpdyFlags.None;
        if (left == 0 && last == SpdyFlags.Fin)
        {
            SpdyFrameWriter.DataHeader(pipe, id, last, 0);
        }

        var room = 0;
        for (var i = first; i < end; i++)
        {
            for (var rest = chunks[i].Data; !rest.IsEmpty;)
            {
                if (room == 0)
                {
                    room = (int)Math.Min(left, MaxFrame);
                    SpdyFrameWriter.DataHeader(pipe, id, room == left ? last : SpdyFlags.None, room);
                }

                var count = Math.Min(room, rest.Length);
                pipe.Write(rest.Span[..count]);
                rest = rest[count..];
                room -= count;
                left -= count;
                _unflushed += count;
                if (room == 0 && _unflushed >= FlushAt)
                {
                    await FlushAsync();
                }
            }
        }
    }

    private void ThrowIfClosed()
    {
        if (_closed || IsBroken)
        {
            throw new IOException("the connection is closed");
        }
    }

    private void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Forget();
        }
    }

    // Caller holds the gate.
    private void Forget()
    {
        _pending.ResetWrittenCount();
        _room?.TrySetResult();
        _room = null;
    }

    private bool TakePending()
    {
        lock (_gate)
        {
            if (_pending.WrittenCount == 0 || _closed || IsBroken)
            {
                return false;
            }

            pipe.Write(_pending.WrittenSpan);
            Forget();
            return true;
        }
    }

    private async ValueTask FlushAsync()
    {
        try
        {
            _unflushed = 0;
            var result = await pipe.FlushAsync();
            if (result.IsCompleted || result.IsCanceled)
            {
                throw new IOException("the peer has closed the connection");
            }
        }
        catch (Exception fault)
        {
            lock (_gate)
            {
                IsBroken = true;
                Forget();
            }

            if (fault is IOException)
            {
                throw;
            }

            throw new IOException("the connection is gone", fault);
        }
    }

    private async Task ReleaseAsync()
    {
        do
        {
            try
            {
                while (TakePending())
                {
                    await FlushAsync();
                }
            }
            catch (Exception fault) when (fault is IOException or InvalidOperationException)
            {
                // Gone, or the pipe's owner has completed it: whoever reads or writes next finds out by itself.
            }

            _turn.Release();
        }
        while (HasPending() && _turn.Wait(0, CancellationToken.None));
    }

    private bool HasPending()
    {
        lock (_gate)
        {
            return _pending.WrittenCount > 0 && !_closed && !IsBroken;
        }
    }
}
