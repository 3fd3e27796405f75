namespace CriAttach.Interfaces.Stdio;

/// <summary>Owns the memory of a <see cref="StdioChunk"/>: counted references, so that fan-out shares bytes instead of copying them.</summary>
public abstract class ChunkOwner
{
    /// <summary>Keeps the memory alive until a matching <see cref="Release"/>.</summary>
    public abstract void Retain();

    /// <summary>Gives one reference back. After the last one the memory may be used again for other bytes.</summary>
    public abstract void Release();
}
