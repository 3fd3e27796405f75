namespace CriAttach.Gateway.Streaming.Input;

/// <summary>
/// A session's input on its way to the node. Small writes share a block. When it is full a writer waits, until PID 1 has read something
/// or the input is thrown away. Empty, it holds no memory.
/// </summary>
/// <param name="limit">How many bytes it holds before a writer waits; bytes on their way to the node count.</param>
internal sealed class InputBuffer(int limit)
{
    private readonly Lock _gate = new();
    private readonly Queue<InputBlock> _full = new();
    private InputBlock? _open;
    private long _size;
    private long _delivered;
    private bool _completed;
    private bool _ends;
    private bool _discarding;
    private TaskCompletionSource? _room;

    /// <summary>Gets the signal that there is something for the pump to do.</summary>
    public AsyncSignal Changed { get; } = new();

    /// <summary>Gets the number of bytes that the node has taken.</summary>
    public long Delivered
    {
        get
        {
            lock (_gate)
            {
                return _delivered;
            }
        }
    }

    /// <summary>Gets a value indicating whether the input itself is over, not only what comes by this connection.</summary>
    public bool Ends
    {
        get
        {
            lock (_gate)
            {
                return _ends;
            }
        }
    }

    /// <summary>Gets a value indicating whether no more comes and all of it was taken.</summary>
    public bool IsDrained
    {
        get
        {
            lock (_gate)
            {
                return _completed && _open is null && _full.Count == 0;
            }
        }
    }

    /// <summary>Takes input. Everything is copied at once; the wait is for the next write.</summary>
    /// <param name="data">The bytes; the caller's again on return.</param>
    /// <returns>Completes when there is room for more.</returns>
    public Task WriteAsync(ReadOnlySpan<byte> data)
    {
        lock (_gate)
        {
            if (_completed || _discarding || data.IsEmpty)
            {
                return Task.CompletedTask;
            }

            _size += data.Length;
            while (!data.IsEmpty)
            {
                _open ??= new InputBlock(data.Length);
                data = data[_open.Write(data)..];
                if (_open.Room == 0)
                {
                    _full.Enqueue(_open);
                    _open = null;
                }
            }

            if (_size > limit)
            {
                _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        Changed.Set(here: true);
        return _room?.Task ?? Task.CompletedTask;
    }

    /// <summary>Says that no more input comes. What is there still goes out.</summary>
    /// <param name="ends">Whether the input itself is over; else another connection may bring more of it.</param>
    public void Complete(bool ends = true)
    {
        lock (_gate)
        {
            _ends |= ends && !_completed;
            _completed = true;
        }

        Changed.Set();
    }

    /// <summary>Throws away what is there and what will come.</summary>
    public void Discard()
    {
        lock (_gate)
        {
            _discarding = true;
            while (_full.TryDequeue(out var block))
            {
                _size -= block.Length;
                block.Return();
            }

            if (_open is { } open)
            {
                _open = null;
                _size -= open.Length;
                open.Return();
            }

            FreeRoom();
        }

        Changed.Set();
    }

    /// <summary>Waits for what is there to be delivered, as long as the other side reads at all.</summary>
    /// <param name="delivering">Completes when all is delivered.</param>
    /// <param name="patience">How long nothing may move.</param>
    /// <param name="time">The clock.</param>
    /// <returns>False when it does not.</returns>
    public async Task<bool> DrainedAsync(Task delivering, TimeSpan patience, TimeProvider time)
    {
        while (true)
        {
            var before = Delivered;
            try
            {
                await delivering.WaitAsync(patience, time);
                return true;
            }
            catch (TimeoutException) when (Delivered != before)
            {
                // Slow, but it moves.
            }
            catch (TimeoutException)
            {
                return false;
            }
        }
    }

    /// <summary>Takes the next batch.</summary>
    /// <param name="partial">Whether one that is not full will do.</param>
    public InputBlock? Take(bool partial)
    {
        lock (_gate)
        {
            if (_full.TryDequeue(out var block))
            {
                return block;
            }

            if (!partial && !_completed)
            {
                return null;
            }

            block = _open;
            _open = null;
            return block;
        }
    }

    /// <summary>Gives a batch back when the node has it.</summary>
    /// <param name="block">The batch.</param>
    public void Done(InputBlock block)
    {
        lock (_gate)
        {
            _size -= block.Length;
            _delivered += block.Length;
            FreeRoom();
        }

        block.Return();
    }

    private void FreeRoom()
    {
        if (_room is { } room && _size <= limit / 2)
        {
            _room = null;
            room.SetResult();
        }
    }
}
