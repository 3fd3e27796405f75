using CriAttach.Gateway.Cluster;
using CriAttach.Interfaces.Stdio;

namespace CriAttach.Gateway.Streaming.Output;

/// <summary>
/// Recent output of one subscription, kept once for all cursors over it. When it is full the next append waits for the slowest cursor:
/// that is what slows PID 1 down. It holds references, never copies.
/// </summary>
/// <param name="start">Where the subscription began.</param>
/// <param name="limit">How much may be kept, the last chunk not counted.</param>
internal sealed class OutputWindow(StdioPosition start, int limit)
{
    private static readonly WindowEntry Nothing = new(null);

    private readonly List<OutputCursor> _cursors = [];
    private WindowEntry _before = new(null);
    private WindowEntry? _last;
    private StdioPosition _head = start;
    private long _size;
    private int _keep;
    private bool _ended;
    private bool _closed;
    private TaskCompletionSource? _room;

    /// <summary>Gets the lock of the window, its entries and its cursors.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Gets why there is no more output, when that is not its end.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Gets the place behind the newest byte.</summary>
    public StdioPosition Head
    {
        get
        {
            lock (Gate)
            {
                return _head;
            }
        }
    }

    /// <summary>Gets a value indicating whether an append waits.</summary>
    public bool IsFull
    {
        get
        {
            lock (Gate)
            {
                return _room is not null;
            }
        }
    }

    private WindowEntry Newest => _last ?? _before;

    /// <summary>Sets how much of what everybody has read is kept for those who are about to come in.</summary>
    /// <param name="bytes">The size.</param>
    public void Keep(int bytes)
    {
        lock (Gate)
        {
            _keep = bytes;
            Trim();
        }
    }

    /// <summary>Adds a chunk.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <returns>Completes when there is room for the next one.</returns>
    public Task AppendAsync(StdioChunk chunk)
    {
        OutputCursor? only = null;
        Task room;
        lock (Gate)
        {
            if (_closed)
            {
                return Task.CompletedTask;
            }

            chunk.Retain();
            var entry = new WindowEntry(chunk) { Readers = _cursors.Count };
            Newest.Next = entry;
            _last = entry;
            _size += entry.Cost;
            _head = new StdioPosition(chunk.EndOffset, chunk.Epoch);
            Trim();
            if (_size > limit)
            {
                EvictWhoMayNotHold();
            }

            if (_cursors.Count == 1)
            {
                only = _cursors[0];
            }
            else
            {
                Wake();
            }

            if (_size > limit)
            {
                _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            room = _room?.Task ?? Task.CompletedTask;
        }

        // One session: it writes from here, and an echo saves a change of threads. Many share the threads there are.
        only?.More.Set(here: true);
        return room;
    }

    /// <summary>Says that nothing will be appended any more.</summary>
    /// <param name="fault">Why, when it is not the end of the output.</param>
    public void Complete(Exception? fault)
    {
        lock (Gate)
        {
            _ended = true;
            Fault = fault;
            Wake();
        }
    }

    /// <summary>Lets go of everything.</summary>
    public void Close()
    {
        lock (Gate)
        {
            _closed = true;
            foreach (var cursor in _cursors.ToArray())
            {
                Remove(cursor);
            }

            _keep = 0;
            Trim();
        }
    }

    /// <summary>Puts a cursor at an exact place, if that place is in the window or ahead of it.</summary>
    /// <param name="position">The first byte that is wanted.</param>
    /// <param name="maxBacklog">How far behind the newest byte the place may be.</param>
    /// <param name="mayHold">Whether the window waits for the cursor when it is full; else it is taken out.</param>
    public OutputCursor? TryJoin(StdioPosition position, long maxBacklog, bool mayHold = true)
    {
        lock (Gate)
        {
            if (_closed || Fault is not null || position.Epoch != _head.Epoch || _head.Offset - position.Offset > maxBacklog
                || FindBefore(position) is not { } last)
            {
                return null;
            }

            var cursor = new OutputCursor(this, last, position) { MayHold = mayHold };
            for (var entry = last.Next; entry is not null; entry = entry.Next)
            {
                entry.Readers++;
            }

            _cursors.Add(cursor);
            return cursor;
        }
    }

    /// <summary>Sets whether the window waits for a cursor.</summary>
    /// <param name="cursor">The cursor.</param>
    /// <param name="mayHold">Whether it does.</param>
    public void SetMayHold(OutputCursor cursor, bool mayHold)
    {
        lock (Gate)
        {
            cursor.MayHold = mayHold;
            if (_size > limit)
            {
                EvictWhoMayNotHold();
            }
        }
    }

    /// <summary>Takes a cursor out; it waits for nobody and nobody for it.</summary>
    /// <param name="cursor">The cursor.</param>
    public void Remove(OutputCursor cursor)
    {
        lock (Gate)
        {
            if (cursor.IsOut)
            {
                return;
            }

            cursor.IsOut = true;
            _cursors.Remove(cursor);
            for (var entry = cursor.Last.Next; entry is not null; entry = entry.Next)
            {
                entry.Readers--;
            }

            // Who has the cursor must not keep all that ever comes behind its place.
            cursor.Last = Nothing;
            Trim();
            cursor.More.Set();
        }
    }

    /// <summary>Tells whether a cursor has something to read.</summary>
    /// <param name="cursor">The cursor.</param>
    public bool IsBehind(OutputCursor cursor)
    {
        lock (Gate)
        {
            return !cursor.IsOut && cursor.Last.Next is not null;
        }
    }

    /// <summary>Tells whether the window waits for this cursor.</summary>
    /// <param name="cursor">The cursor.</param>
    public bool IsOldest(OutputCursor cursor)
    {
        lock (Gate)
        {
            return !cursor.IsOut && ReferenceEquals(cursor.Last, _before);
        }
    }

    /// <summary>Moves a cursor over the next entry. Under the lock.</summary>
    /// <param name="cursor">The cursor.</param>
    /// <param name="entry">The entry behind its last one.</param>
    public static void Pass(OutputCursor cursor, WindowEntry entry)
    {
        entry.Readers--;
        cursor.Last = entry;
    }

    /// <summary>What a cursor finds that has read up to an entry. Under the lock.</summary>
    /// <param name="last">The entry.</param>
    public OutputState StateBehind(WindowEntry last) =>
        !ReferenceEquals(last, Newest) ? OutputState.Data
        : Fault is not null ? OutputState.Lost
        : _ended ? OutputState.Ended
        : OutputState.Pending;

    /// <summary>Lets go of what everybody has read, but for what is to be kept. Under the lock.</summary>
    public void Trim()
    {
        while (_before.Next is { Readers: 0 } oldest && _size > _keep)
        {
            _before = oldest;
            _size -= oldest.Cost;
            oldest.Chunk!.Release();
        }

        if (_room is { } room && (_size <= limit || _closed))
        {
            _room = null;
            room.SetResult();
        }
    }

    /// <summary>The entry before the one in which a position lies.</summary>
    private WindowEntry? FindBefore(StdioPosition position)
    {
        if (position.Offset >= _head.Offset)
        {
            return Newest;
        }

        var before = _before;
        for (var entry = before.Next; entry?.Chunk is { } chunk; before = entry, entry = entry.Next)
        {
            if (chunk.Epoch == position.Epoch && chunk.Offset <= position.Offset && position.Offset < chunk.EndOffset)
            {
                return before;
            }
        }

        return null;
    }

    /// <summary>They go on elsewhere, from where they are.</summary>
    private void EvictWhoMayNotHold()
    {
        for (var at = _cursors.Count - 1; at >= 0 && _size > limit; at--)
        {
            if (_cursors[at] is { MayHold: false } cursor && ReferenceEquals(cursor.Last, _before))
            {
                Remove(cursor);
            }
        }
    }

    private void Wake()
    {
        foreach (var cursor in _cursors)
        {
            cursor.More.Set();
        }
    }
}
