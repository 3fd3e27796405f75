namespace CriAttach.Wire.Recordings;

/// <summary>What the hashes of a recording say of it.</summary>
public enum ChainState
{
    /// <summary>It is whole, and as it was written.</summary>
    Intact,

    /// <summary>What is there is as it was written as far as hashes reach, but its end is missing.</summary>
    Incomplete,

    /// <summary>Something was changed, left out, added or put elsewhere; or it is no recording of CriAttach, or the key is not its own.</summary>
    Altered,
}
