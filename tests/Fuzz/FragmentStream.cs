namespace CriAttach.Fuzz;

/// <summary>A connection whose peer sends fragments and closes; what is written to it is kept.</summary>
/// <param name="fragments">The fragments; empty ones are left out.</param>
internal sealed class FragmentStream(IEnumerable<byte[]> fragments) : MemoryStream
{
    private readonly Queue<byte[]> _fragments = new(fragments.Where(fragment => fragment.Length > 0));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty || !_fragments.TryPeek(out var fragment))
        {
            return new(0);
        }

        var count = Math.Min(buffer.Length, fragment.Length);
        fragment.AsMemory(0, count).CopyTo(buffer);
        _fragments.Dequeue();
        if (count < fragment.Length)
        {
            throw new InvalidOperationException("The buffer holds less than a fragment.");
        }

        return new(count);
    }
}
