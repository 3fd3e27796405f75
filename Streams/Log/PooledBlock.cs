using System.Buffers;
using CriAttach.Interfaces.Stdio;

namespace CriAttach.Streams.Log;

/// <summary>A pooled array with counted references. The last <see cref="Release"/> gives the array back to the pool.</summary>
/// <param name="capacity">The least number of bytes.</param>
/// <remarks>A block that nobody releases is collected like any other object: forgetting costs the pool an array, never a byte of data.</remarks>
internal sealed class PooledBlock(int capacity) : ChunkOwner
{
    private readonly byte[] _array = ArrayPool<byte>.Shared.Rent(capacity);
    private int _references = 1;

    /// <summary>Gets the whole memory.</summary>
    public Memory<byte> Memory => _array;

    /// <inheritdoc/>
    public override void Retain()
    {
        if (Interlocked.Increment(ref _references) <= 1)
        {
            throw new InvalidOperationException("the block has already been released");
        }
    }

    /// <inheritdoc/>
    public override void Release()
    {
        var left = Interlocked.Decrement(ref _references);
        if (left == 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
        }
        else if (left < 0)
        {
            throw new InvalidOperationException("the block was released more often than retained");
        }
    }
}
