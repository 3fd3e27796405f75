using CriAttach.Wire.Channels;

namespace CriAttach.Testing.Attach;

/// <summary>Takes output.</summary>
/// <param name="channel">Stdout or stderr.</param>
/// <param name="bytes">The bytes, valid during the call.</param>
public delegate void OutputSink(StdioChannel channel, ReadOnlySpan<byte> bytes);
