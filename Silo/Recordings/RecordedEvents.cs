using CriAttach.Streams.Log;
using CriAttach.Wire.Asciicast;

namespace CriAttach.Silo.Recordings;

/// <summary>Events that wait for the output before them. Bounded; what has no room is counted, and the recording tells it.</summary>
internal sealed class RecordedEvents
{
    private const int MaxEvents = 1024;
    private const int MaxInput = 256 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<RecordedEvent> _events = new();
    private long _inputBytes;
    private long _lost;

    /// <summary>Adds one.</summary>
    public void Add(RecordedEvent one)
    {
        lock (_lock)
        {
            if (_events.Count >= MaxEvents || _inputBytes + one.Input.Length > MaxInput)
            {
                _lost++;
                return;
            }

            _events.Enqueue(one);
            _inputBytes += one.Input.Length;
        }
    }

    /// <summary>How many had no room since the last call.</summary>
    public long TakeLost()
    {
        lock (_lock)
        {
            (var lost, _lost) = (_lost, 0);
            return lost;
        }
    }

    /// <summary>Takes the next one whose place is reached.</summary>
    /// <param name="output">The output that is read.</param>
    /// <param name="position">How far.</param>
    /// <param name="newest">The container's output now; another one than what is read where it goes on there.</param>
    /// <param name="ahead">How many bytes of output may come before the next one; none where there is no next one.</param>
    public RecordedEvent? TryTake(StdioLog output, long position, StdioLog newest, out long? ahead)
    {
        lock (_lock)
        {
            ahead = null;
            if (!_events.TryPeek(out var next))
            {
                return null;
            }

            var later = next.Output != output && next.Output == newest;
            if (later || (next.Output == output && next.Offset > position))
            {
                ahead = later ? long.MaxValue : next.Offset - position;
                return null;
            }

            _inputBytes -= next.Input.Length;
            return _events.Dequeue();
        }
    }

    /// <summary>Adds an event that is not input.</summary>
    public void Add(TimeSpan at, StdioLog output, AsciicastCode code, string text) =>
        Add(new RecordedEvent(at, output, output.Head, code, text, []));
}
