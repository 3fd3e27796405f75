using CriAttach.Interfaces.Stdio;

namespace CriAttach.Streams.Log;

/// <summary>Bytes of one stream inside one block. Who holds the slice holds a reference on <see cref="Owner"/>.</summary>
internal readonly record struct LogSlice(StdioStream Stream, ChunkOwner Owner, ReadOnlyMemory<byte> Data);
