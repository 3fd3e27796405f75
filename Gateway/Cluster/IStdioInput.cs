using CriAttach.Interfaces.Stdio;

namespace CriAttach.Gateway.Cluster;

/// <summary>The way to PID 1's standard input.</summary>
internal interface IStdioInput : IDisposable
{
    /// <summary>Sends a chunk; its memory must stay untouched until the node has taken it. Several may be on the way: their offsets order them.</summary>
    /// <param name="chunk">The chunk.</param>
    Task SendAsync(StdioChunk chunk);
}
