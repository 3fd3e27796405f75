using CriAttach.Wire.Channels;

namespace CriAttach.Cli.Streaming;

/// <summary>A piece of what PID 1 wrote.</summary>
/// <param name="Channel"><see cref="StdioChannel.Stdout"/> or <see cref="StdioChannel.Stderr"/>.</param>
/// <param name="Payload">The bytes; they live until the next read.</param>
/// <param name="Offset">The offset of the first one, where the protocol has offsets.</param>
internal readonly record struct AttachOutput(StdioChannel Channel, ReadOnlyMemory<byte> Payload, long Offset = 0);
