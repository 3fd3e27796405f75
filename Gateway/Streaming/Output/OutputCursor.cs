using CriAttach.Gateway.Cluster;
using CriAttach.Interfaces.Stdio;

namespace CriAttach.Gateway.Streaming.Output;

/// <summary>One session's place in a window. All but <see cref="WaitAsync"/> is for one reader; the window's lock guards the rest.</summary>
internal sealed class OutputCursor
{
    private readonly OutputWindow _window;
    private readonly List<StdioChunk> _held = [];

    /// <summary>Puts a cursor behind an entry.</summary>
    /// <param name="window">The window.</param>
    /// <param name="last">The entry that counts as read.</param>
    /// <param name="position">The first byte that is wanted.</param>
    public OutputCursor(OutputWindow window, WindowEntry last, StdioPosition position)
    {
        _window = window;
        Last = last;
        Position = position;
    }

    /// <summary>Gets the next byte that the session wants.</summary>
    public StdioPosition Position { get; private set; }

    /// <summary>Gets the number of bytes read.</summary>
    public long Consumed { get; private set; }

    /// <summary>Gets or sets the entry that was read last.</summary>
    public WindowEntry Last { get; set; }

    /// <summary>Gets or sets a value indicating whether the window waits for this cursor when it is full.</summary>
    public bool MayHold { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether the cursor is in the window no more.</summary>
    public bool IsOut { get; set; }

    /// <summary>Gets why there is no more output, when that is not its end.</summary>
    public Exception? Fault => _window.Fault;

    /// <summary>Gets a value indicating whether there is something to read.</summary>
    public bool IsBehind => _window.IsBehind(this);

    /// <summary>Gets a value indicating whether no cursor is further behind.</summary>
    public bool IsOldest => _window.IsOldest(this);

    /// <summary>Gets the signal that there may be more to read.</summary>
    public AsyncSignal More { get; } = new();

    /// <summary>Reads without moving: the pieces stay valid until <see cref="Advance"/>.</summary>
    /// <param name="pieces">Gets the pieces.</param>
    /// <param name="maxBytes">Where to stop; a first chunk larger than this comes whole.</param>
    public OutputState Peek(List<OutputPiece> pieces, int maxBytes)
    {
        pieces.Clear();
        lock (_window.Gate)
        {
            var bytes = 0;
            for (var entry = Last.Next; !IsOut && entry?.Chunk is { } chunk && bytes < maxBytes; entry = entry.Next)
            {
                if (pieces.Count > 0 && bytes + chunk.Data.Length > maxBytes)
                {
                    break;
                }

                if (Take(chunk) is { } piece)
                {
                    chunk.Retain();
                    _held.Add(chunk);
                    pieces.Add(piece);
                    bytes += piece.Data.Length;
                }
                else
                {
                    OutputWindow.Pass(this, entry);
                }
            }

            return pieces.Count > 0 ? OutputState.Data : IsOut ? OutputState.Evicted : _window.StateBehind(Last);
        }
    }

    /// <summary>Moves behind what <see cref="Peek"/> gave.</summary>
    public void Advance()
    {
        lock (_window.Gate)
        {
            foreach (var chunk in _held)
            {
                Consumed += chunk.Data.Length;
                if (!IsOut)
                {
                    OutputWindow.Pass(this, Last.Next!);
                }
            }

            if (_held.Count > 0)
            {
                Position = new StdioPosition(_held[^1].EndOffset, _held[^1].Epoch);
            }

            _window.Trim();
        }

        foreach (var chunk in _held)
        {
            chunk.Release();
        }

        _held.Clear();
    }

    /// <summary>Waits until there may be more to read.</summary>
    public ValueTask WaitAsync() => More.WaitAsync();

    /// <summary>Leaves the window. What was peeked stays valid until <see cref="Advance"/>.</summary>
    public void Leave() => _window.Remove(this);

    /// <summary>The part of a chunk that lies behind the position; none when the chunk lies before it.</summary>
    private OutputPiece? Take(StdioChunk chunk)
    {
        var skip = chunk.Epoch == Position.Epoch && _held.Count == 0 ? Position.Offset - chunk.Offset : 0;
        if (chunk.Kind == StdioChunkKind.Gap)
        {
            return chunk.GapLength < 0 ? new OutputPiece(chunk, default, chunk.GapLength)
                : skip < chunk.GapLength ? new OutputPiece(chunk, default, chunk.GapLength - Math.Max(skip, 0))
                : null;
        }

        return skip <= 0 ? new OutputPiece(chunk, chunk.Data, 0)
            : skip < chunk.Data.Length ? new OutputPiece(chunk, chunk.Data[(int)skip..], 0)
            : null;
    }
}
