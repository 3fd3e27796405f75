using CriAttach.Streams.Log;

namespace CriAttach.Streams.Batches;

/// <summary>
/// One message of the byte path: consecutive bytes, output or input. Immutable. Its memory is valid while the call that carries it runs;
/// the caller keeps it so until the response. Who needs it longer calls <see cref="Keep"/>. A receiver calls <see cref="Done"/> at the end.
/// </summary>
[Alias("criattach.StdioBatch")]
internal sealed class StdioBatch(IReadOnlyList<LogSlice> slices, bool owned)
{
    /// <summary>Gets the subscription that output belongs to, or the producer of input.</summary>
    public required Guid Channel { get; init; }

    /// <summary>Gets the generation of the subscription, or the owner's incarnation that the producer speaks to.</summary>
    public required long Generation { get; init; }

    /// <summary>Gets the epoch of <see cref="Offset"/>; of input, the offset at which the producer begins with the owner that it speaks to.</summary>
    public long Epoch { get; init; }

    /// <summary>Gets the offset of the first byte.</summary>
    public required long Offset { get; init; }

    /// <summary>Gets the number of bytes that are missing before the first byte, at <see cref="Offset"/> minus this.</summary>
    public long Gap { get; init; }

    /// <summary>Gets a value indicating whether nothing follows.</summary>
    public bool End { get; init; }

    /// <summary>Gets the bytes.</summary>
    public IReadOnlyList<LogSlice> Slices { get; } = slices;

    /// <summary>Gets the offset behind the last byte.</summary>
    public long EndOffset => Offset + Length;

    /// <summary>Gets the number of bytes.</summary>
    public int Length { get; } = Sum(slices);

    /// <summary>A batch that may outlive the call: this one where the wire brought it, else one with references of its own.</summary>
    public StdioBatch Keep()
    {
        if (owned)
        {
            return this;
        }

        foreach (var slice in Slices)
        {
            slice.Owner.Retain();
        }

        return new StdioBatch(Slices, owned: true)
        {
            Channel = Channel,
            Generation = Generation,
            Epoch = Epoch,
            Offset = Offset,
            Gap = Gap,
            End = End,
        };
    }

    /// <summary>Gives back the memory that this batch owns; a batch of the same process belongs to its caller.</summary>
    public void Done()
    {
        if (owned)
        {
            Release();
        }
    }

    /// <summary>Gives back the references on all slices.</summary>
    public void Release()
    {
        foreach (var slice in Slices)
        {
            slice.Owner.Release();
        }
    }

    private static int Sum(IReadOnlyList<LogSlice> slices)
    {
        var sum = 0;
        foreach (var slice in slices)
        {
            sum += slice.Data.Length;
        }

        return sum;
    }
}
