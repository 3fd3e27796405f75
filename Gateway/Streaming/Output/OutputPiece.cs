using CriAttach.Interfaces.Stdio;

namespace CriAttach.Gateway.Streaming.Output;

/// <summary>What one session gets of a chunk: all of it, or what lies behind the place where the session came in.</summary>
/// <param name="Chunk">The chunk; it stays valid until the session has advanced.</param>
/// <param name="Data">The bytes for this session.</param>
/// <param name="Lost">The number of bytes that are missing here; <see cref="StdioChunk.UnknownLength"/> when nobody can tell.</param>
internal readonly record struct OutputPiece(StdioChunk Chunk, ReadOnlyMemory<byte> Data, long Lost)
{
    /// <summary>Gets the offset of the first byte of <see cref="Data"/>.</summary>
    public long Offset => Chunk.EndOffset - Data.Length;

    /// <summary>Gets the stream that the bytes belong to.</summary>
    public StdioStream Stream => Chunk.Stream;
}
