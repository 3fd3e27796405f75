namespace CriAttach.Silo.Runtimes.Conmon;

/// <summary>Why the output pump stopped.</summary>
internal enum PumpEnd
{
    /// <summary>conmon has closed the connection: PID 1 has ended and all its output was received, or conmon has died.</summary>
    Closed,

    /// <summary>We let go.</summary>
    Detached,
}
