using CriAttach.Interfaces.Stdio;
using Orleans.Streams;

namespace CriAttach.Gateway.Cluster;

/// <summary>A subscription together with the client that it needs.</summary>
/// <param name="handle">The subscription.</param>
/// <param name="lease">The client.</param>
internal sealed class StdioSubscription(StreamSubscriptionHandle<StdioChunk> handle, NodeClientLease lease) : IAsyncDisposable
{
    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await handle.UnsubscribeAsync();
        }
        finally
        {
            lease.Dispose();
        }
    }
}
