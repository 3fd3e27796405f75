using CriAttach.Interfaces.Stdio;
using CriAttach.Streams;
using Orleans.Streams;

namespace CriAttach.Gateway.Cluster;

/// <summary>A container's input stream together with the client that it needs.</summary>
/// <param name="stream">The stream.</param>
/// <param name="lease">The client.</param>
/// <param name="producer">Whose input it is.</param>
internal sealed class OrleansStdioInput(IAsyncStream<StdioChunk> stream, NodeClientLease lease, Guid producer) : IStdioInput
{
    /// <inheritdoc/>
    public Task SendAsync(StdioChunk chunk) => stream.OnNextAsync(chunk);

    /// <inheritdoc/>
    public void Dispose()
    {
        StdioStreams.Forget(lease.Client, producer);
        lease.Dispose();
    }
}
