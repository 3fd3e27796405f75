using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Stdio;
using Orleans.Streams;

namespace CriAttach.Gateway.Cluster;

/// <summary>The byte path of containers, as the gateway sees it.</summary>
internal interface IContainerStdio
{
    /// <summary>Subscribes to what PID 1 writes.</summary>
    /// <param name="container">The container.</param>
    /// <param name="from">The first byte that is wanted.</param>
    /// <param name="mayHold">Whether this reader may slow PID 1 down.</param>
    /// <param name="observer">Who gets the output.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Ends the subscription when disposed.</returns>
    /// <exception cref="NodeUnavailableException">The container's node is out of reach.</exception>
    Task<IAsyncDisposable> SubscribeAsync(
        ContainerKey container, StdioPosition from, bool mayHold, IAsyncObserver<StdioChunk> observer, CancellationToken cancellationToken);

    /// <summary>Opens the way to PID 1's standard input.</summary>
    /// <param name="container">The container.</param>
    /// <param name="producer">The session's producer id.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="NodeUnavailableException">The container's node is out of reach.</exception>
    Task<IStdioInput> OpenInputAsync(ContainerKey container, Guid producer, CancellationToken cancellationToken);
}
