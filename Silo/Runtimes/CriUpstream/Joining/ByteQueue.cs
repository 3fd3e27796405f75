namespace CriAttach.Silo.Runtimes.CriUpstream.Joining;

/// <summary>Bytes in a row: appended behind, taken off the front. Holds no memory while it is empty.</summary>
internal sealed class ByteQueue
{
    private byte[] _array = [];
    private int _start;

    /// <summary>Gets how many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Gets all of them; valid until the next change.</summary>
    public ReadOnlySpan<byte> Span => _array.AsSpan(_start, Count);

    /// <summary>Adds bytes behind the last.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_start + Count + bytes.Length > _array.Length)
        {
            var next = Count + bytes.Length <= _array.Length / 2 ? _array : new byte[Math.Max(256, 2 * (Count + bytes.Length))];
            Span.CopyTo(next);
            (_array, _start) = (next, 0);
        }

        bytes.CopyTo(_array.AsSpan(_start + Count));
        Count += bytes.Length;
    }

    /// <summary>Takes bytes off the front.</summary>
    public void Drop(int count)
    {
        Count -= count;
        _start += count;
        if (Count == 0)
        {
            (_array, _start) = ([], 0);
        }
    }

    /// <summary>Takes all but the last <paramref name="count"/> bytes off.</summary>
    public void KeepLast(int count) => Drop(Math.Max(0, Count - count));

    /// <summary>Takes all of them off.</summary>
    public void Clear() => Drop(Count);
}
