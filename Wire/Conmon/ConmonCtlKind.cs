namespace CriAttach.Wire.Conmon;

/// <summary>The first number of a line for conmon's <c>ctl</c> FIFO.</summary>
public enum ConmonCtlKind : byte
{
    /// <summary>Set the terminal's size.</summary>
    Resize = 1,

    /// <summary>Open the log file anew, after a rotation.</summary>
    ReopenLogs = 2,
}
