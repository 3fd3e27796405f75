namespace CriAttach.Gateway.Upstream;

/// <summary>A memory stream that does not grow beyond a limit.</summary>
/// <param name="limit">The limit in bytes.</param>
internal sealed class BoundedBuffer(int limit) : MemoryStream
{
    /// <inheritdoc/>
    /// <exception cref="BufferFullException">The limit is reached.</exception>
    public override void Write(byte[] buffer, int offset, int count)
    {
        // The other ways to write come through here, for this is a class of its own.
        if (Length + count > limit)
        {
            throw new BufferFullException(limit);
        }

        base.Write(buffer, offset, count);
    }
}
