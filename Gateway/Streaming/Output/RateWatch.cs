namespace CriAttach.Gateway.Streaming.Output;

/// <summary>Tells whether a reader that always had something to read was slower than a rate over the last samples.</summary>
/// <param name="samples">How many samples make the time that counts.</param>
/// <param name="minBytes">How many bytes must be read in that time.</param>
internal sealed class RateWatch(int samples, long minBytes)
{
    private readonly long[] _ring = new long[samples];
    private int _count;

    /// <summary>Takes a sample.</summary>
    /// <param name="consumed">The bytes read since the beginning.</param>
    /// <param name="behind">Whether there is something to read.</param>
    /// <returns>Whether the reader is too slow.</returns>
    public bool Sample(long consumed, bool behind)
    {
        if (!behind)
        {
            _count = 0;
            return false;
        }

        var slot = _count % _ring.Length;
        var slow = _count >= _ring.Length && consumed - _ring[slot] < minBytes;
        _ring[slot] = consumed;
        _count++;
        return slow;
    }
}
