using CriAttach.Interfaces.Stdio;

namespace CriAttach.Gateway.Streaming;

/// <summary>Bytes of one stream for the client. The memory stays valid until the write that got it is done.</summary>
/// <param name="Stream">Standard output or standard error.</param>
/// <param name="Data">The bytes.</param>
/// <param name="Offset">The offset of the first one, for clients that count.</param>
internal readonly record struct OutputFrame(StdioStream Stream, ReadOnlyMemory<byte> Data, long Offset = 0);
