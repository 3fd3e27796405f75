namespace CriAttach.Wire.Recordings;

/// <summary>What a hash in a recording stands behind.</summary>
public enum ChainMark
{
    /// <summary>A piece; the recording goes on in this file.</summary>
    Piece,

    /// <summary>The last piece of a part; the recording goes on in the next.</summary>
    Continued,

    /// <summary>The last piece of the recording.</summary>
    End,
}
