namespace CriAttach.Streams.Hosting;

/// <summary>The memory of a process, as its garbage collector sees it.</summary>
internal interface IGarbage
{
    /// <summary>Gets how often the oldest generation has been collected.</summary>
    int Collections { get; }

    /// <summary>Gets how many bytes have been allocated in all.</summary>
    long Allocated { get; }

    /// <summary>Has the oldest generation collected, without waiting for it.</summary>
    void Collect();
}
