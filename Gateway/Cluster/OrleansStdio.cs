using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams;
using Orleans.Streams;

namespace CriAttach.Gateway.Cluster;

/// <summary>The byte path over the Orleans stream provider, by the direct client of the container's node.</summary>
/// <param name="nodes">The direct clients.</param>
internal sealed class OrleansStdio(NodeClients nodes) : IContainerStdio
{
    private const string NeverBlock = "never-block";

    /// <inheritdoc/>
    public async Task<IAsyncDisposable> SubscribeAsync(
        ContainerKey container, StdioPosition from, bool mayHold, IAsyncObserver<StdioChunk> observer, CancellationToken cancellationToken)
    {
        var lease = await nodes.RentAsync(container.Node, cancellationToken);
        try
        {
            var stream = lease.Client.GetStreamProvider(StdioStreams.ProviderName).GetStream<StdioChunk>(StdioStreams.Output(container));
            var token = new StdioToken(from.Offset, from.Epoch);
            var handle = await stream.SubscribeAsync(observer, token, mayHold ? null : NeverBlock);
            return new StdioSubscription(handle, lease);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<IStdioInput> OpenInputAsync(ContainerKey container, Guid producer, CancellationToken cancellationToken)
    {
        var lease = await nodes.RentAsync(container.Node, cancellationToken);
        var stream = lease.Client.GetStreamProvider(StdioStreams.ProviderName).GetStream<StdioChunk>(StdioStreams.Input(container));
        return new OrleansStdioInput(stream, lease, producer);
    }
}
