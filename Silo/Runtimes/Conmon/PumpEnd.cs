namespace CriAttach.Silo.Runtimes.Conmon;

/// <summary>What stopped the output pump, for good or for a moment.</summary>
internal enum PumpEnd
{
    /// <summary>conmon has closed the connection: PID 1 has ended and all its output was received, or conmon has died.</summary>
    Closed,

    /// <summary>We let go.</summary>
    Detached,

    /// <summary>There is nothing to receive.</summary>
    Empty,

    /// <summary>A reader has to be waited for.</summary>
    Full,

    /// <summary>There was so much to receive that it is worth a thread.</summary>
    Busy,
}
