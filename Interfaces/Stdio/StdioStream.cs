namespace CriAttach.Interfaces.Stdio;

/// <summary>One of the three streams of a container's PID 1. The values are those of the CRI streaming channels.</summary>
public enum StdioStream : byte
{
    /// <summary>Bytes towards PID 1.</summary>
    Stdin = 0,

    /// <summary>What PID 1 writes to standard output, or to its terminal.</summary>
    Stdout = 1,

    /// <summary>What PID 1 writes to standard error. Never present with a terminal.</summary>
    Stderr = 2,
}
