using CriAttach.Streams.Batches;

namespace CriAttach.Streams.Delivery;

/// <summary>
/// Puts batches back in order by offset. Orleans keeps no order between messages under way, may repeat one, and one of an older
/// attempt may come late. Pure state, no lock of its own. Bounded by the window that the far side keeps to.
/// </summary>
internal sealed class Resequencer
{
    private readonly SortedList<long, StdioBatch> _early = [];
    private bool _begun;

    /// <summary>Gets the number of the attempt whose batches count.</summary>
    public long Generation { get; private set; }

    /// <summary>Gets the offset of the next byte.</summary>
    public long Expected { get; private set; }

    /// <summary>Gets the epoch of <see cref="Expected"/>.</summary>
    public long Epoch { get; private set; }

    /// <summary>Gets a value indicating whether the batch that says the end has been passed on.</summary>
    public bool Ended { get; private set; }

    /// <summary>Gets a value indicating whether the attempt's start is known.</summary>
    public bool Begun => _begun;

    /// <summary>Begins a new attempt. What waited of the old one is dropped, it will come again; what comes of the new one waits for <see cref="Begin"/>.</summary>
    public void Restart(long generation)
    {
        foreach (var batch in _early.Values)
        {
            batch.Done();
        }

        _early.Clear();
        Generation = generation;
        _begun = false;
    }

    /// <summary>The attempt starts at <paramref name="expected"/>: passes on what has come already. What comes of another epoch is none of it.</summary>
    public void Begin(long expected, long epoch, Action<StdioBatch> next)
    {
        Expected = expected;
        Epoch = epoch;
        _begun = true;
        PassEarly(next);
    }

    /// <summary>Takes a batch and passes on all that are now in order. The receiver owns what is passed on.</summary>
    public void Take(StdioBatch batch, Action<StdioBatch> next)
    {
        var start = batch.Offset - batch.Gap;
        if (batch.Generation != Generation || Ended || (_begun && (start < Expected || batch.Epoch != Epoch)))
        {
            batch.Done();
            return;
        }

        if (!_begun || start > Expected)
        {
            if (_early.ContainsKey(start))
            {
                batch.Done();
            }
            else
            {
                _early.Add(start, batch.Keep());
            }

            return;
        }

        Pass(batch.Keep(), next);
        PassEarly(next);
    }

    private void PassEarly(Action<StdioBatch> next)
    {
        while (_early.Count > 0 && _early.GetKeyAtIndex(0) <= Expected)
        {
            var (start, batch) = (_early.GetKeyAtIndex(0), _early.GetValueAtIndex(0));
            _early.RemoveAt(0);
            if (start < Expected || batch.Epoch != Epoch || Ended)
            {
                batch.Done();
            }
            else
            {
                Pass(batch, next);
            }
        }
    }

    private void Pass(StdioBatch batch, Action<StdioBatch> next)
    {
        Expected = batch.EndOffset;
        Ended = batch.End;
        next(batch);
    }
}
