namespace CriAttach.Gateway.Streaming.Output;

/// <summary>What there is to read.</summary>
internal enum OutputState
{
    /// <summary>Nothing now; more will come.</summary>
    Pending,

    /// <summary>Pieces.</summary>
    Data,

    /// <summary>PID 1 has ended, and everything it wrote has been read.</summary>
    Ended,

    /// <summary>The output cannot be read any further.</summary>
    Lost,

    /// <summary>The cursor was taken out of the window: go on elsewhere from its position.</summary>
    Evicted,
}
