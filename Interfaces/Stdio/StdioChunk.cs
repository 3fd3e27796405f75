namespace CriAttach.Interfaces.Stdio;

/// <summary>
/// A piece of a container's output or input as <c>IAsyncStream&lt;StdioChunk&gt;</c> carries it.
/// <see cref="Data"/> is valid until the <c>OnNextAsync</c> that received the chunk has completed; who needs it longer
/// calls <see cref="Retain"/> and, when done, <see cref="Release"/>.
/// </summary>
/// <param name="owner">Who owns the memory of <see cref="Data"/>; none where the garbage collector does.</param>
public sealed class StdioChunk(ChunkOwner? owner = null)
{
    /// <summary>Gets what this chunk says.</summary>
    public StdioChunkKind Kind { get; init; }

    /// <summary>Gets the stream that the bytes belong to.</summary>
    public StdioStream Stream { get; init; }

    /// <summary>Gets the offset of the first byte: in the container's output, or in what this producer has sent.</summary>
    public long Offset { get; init; }

    /// <summary>Gets the continuity of <see cref="Offset"/>: offsets of different epochs cannot be compared.</summary>
    public long Epoch { get; init; }

    /// <summary>Gets the bytes; empty for <see cref="StdioChunkKind.Gap"/>.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Gets the number of bytes that are missing at <see cref="Offset"/>; <see cref="UnknownLength"/> when nobody can tell.</summary>
    public long GapLength { get; init; }

    /// <summary>Gets the session that sent the bytes; empty for output.</summary>
    public Guid Producer { get; init; }

    /// <summary>The <see cref="GapLength"/> of a gap whose size is lost with the epoch that it was in.</summary>
    public const long UnknownLength = -1;

    /// <summary>Gets the offset behind the last byte of this chunk.</summary>
    public long EndOffset => Kind == StdioChunkKind.Gap ? Offset + Math.Max(GapLength, 0) : Offset + Data.Length;

    /// <summary>Keeps <see cref="Data"/> valid until <see cref="Release"/>.</summary>
    public void Retain() => owner?.Retain();

    /// <summary>Ends what <see cref="Retain"/> began.</summary>
    public void Release() => owner?.Release();
}
