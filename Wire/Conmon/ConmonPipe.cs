namespace CriAttach.Wire.Conmon;

/// <summary>The first byte of a packet from conmon.</summary>
public enum ConmonPipe : byte
{
    /// <summary>Reserved: no packet carries it.</summary>
    Stdin = 1,

    /// <summary>The container's stdout, or its terminal.</summary>
    Stdout = 2,

    /// <summary>The container's stderr.</summary>
    Stderr = 3,
}
