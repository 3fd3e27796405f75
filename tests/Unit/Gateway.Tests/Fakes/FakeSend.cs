using CriAttach.Interfaces.Stdio;

namespace CriAttach.Gateway.Tests.Fakes;

/// <summary>A piece of input on its way.</summary>
internal sealed record FakeSend(StdioChunkKind Kind, long Offset, byte[] Data, TaskCompletionSource Answer);
