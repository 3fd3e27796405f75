namespace CriAttach.Gateway.Upstream;

/// <summary>A message is longer than the buffer for it may be.</summary>
/// <param name="limit">The limit in bytes.</param>
internal sealed class BufferFullException(int limit) : IOException($"the message is longer than {limit} bytes");
