using CriAttach.Interfaces.Stdio;

namespace CriAttach.Streams.Input;

/// <summary>A queued piece of input; an end where <paramref name="Owner"/> is none.</summary>
internal readonly record struct StdinItem(StdinProducer Producer, ChunkOwner? Owner, ReadOnlyMemory<byte> Data);
