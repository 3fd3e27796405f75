namespace CriAttach.Streams.Hosting;

/// <summary>This process's own.</summary>
internal sealed class ProcessGarbage : IGarbage
{
    /// <inheritdoc/>
    public int Collections => GC.CollectionCount(GC.MaxGeneration);

    /// <inheritdoc/>
    public long Allocated => GC.GetTotalAllocatedBytes();

    /// <inheritdoc/>
    public void Collect() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Default, blocking: false);
}
