namespace CriAttach.Transports.Spdy;

/// <summary>Bytes for a stream.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Data">The bytes.</param>
/// <param name="Fin">Whether they are its last.</param>
public readonly record struct SpdyChunk(SpdyStream Stream, ReadOnlyMemory<byte> Data, bool Fin = false);
