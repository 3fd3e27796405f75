using CriAttach.Interfaces.Stdio;

namespace CriAttach.Streams.Input;

/// <summary>A queued piece of input; an end where <paramref name="Owner"/> is none. One that is muted keeps its place in the order, and does nothing.</summary>
internal readonly record struct StdinItem(StdinProducer Producer, ChunkOwner? Owner, ReadOnlyMemory<byte> Data, bool Muted = false);
