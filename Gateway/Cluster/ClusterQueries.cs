using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Nodes;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Cluster;

/// <summary>Questions and orders about nodes and containers, asked where the answer lives.</summary>
/// <param name="membership">The nodes.</param>
/// <param name="nodes">The direct clients.</param>
/// <param name="cluster">The ordinary client: long calls go over it, so that they keep no direct client open.</param>
/// <param name="logger">The log.</param>
internal sealed partial class ClusterQueries(Membership membership, NodeClients nodes, ClusterConnection cluster, ILogger<ClusterQueries> logger)
{
    /// <summary>What a container is now.</summary>
    /// <param name="container">The container.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ContainerInfo> GetContainerAsync(ContainerKey container, CancellationToken cancellationToken)
    {
        using var lease = await nodes.RentAsync(container.Node, cancellationToken);
        return await lease.Client.GetGrain<IContainerGrain>(container.ToString()).GetAsync().WaitAsync(cancellationToken);
    }

    /// <summary>The containers of one node, or of all that answer.</summary>
    /// <param name="node">The node; none for all.</param>
    /// <param name="filter">Which containers.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NodeUnavailableException">The node, or every node, is out of reach.</exception>
    public async Task<IReadOnlyList<ContainerInfo>> ListContainersAsync(string? node, ContainerFilter filter, CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(node)
            ? [.. (await AskAllAsync(grain => grain.ListContainersAsync(filter), cancellationToken)).SelectMany(answer => answer)]
            : await AskAsync(node, grain => grain.ListContainersAsync(filter), cancellationToken);

    /// <summary>The sessions of all nodes that answer.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<SessionInfo>> ListSessionsAsync(CancellationToken cancellationToken) =>
        [.. (await AskAllAsync(grain => grain.ListSessionsAsync(), cancellationToken)).SelectMany(answer => answer)];

    /// <summary>The nodes that answer.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<IReadOnlyList<NodeInfo>> ListNodesAsync(CancellationToken cancellationToken) =>
        AskAllAsync(grain => grain.GetAsync(), cancellationToken);

    /// <summary>Makes a container and starts it. One that cannot be started is removed again.</summary>
    /// <param name="node">The node.</param>
    /// <param name="spec">What it is to be.</param>
    public async Task<ContainerInfo> RunContainerAsync(string node, ContainerSpec spec)
    {
        var info = await Ordinary<INodeGrain>(node).CreateContainerAsync(spec);
        var container = Ordinary<IContainerGrain>(info.Key.ToString());
        try
        {
            return await container.StartAsync();
        }
        catch (CriAttachException)
        {
            await container.RemoveAsync(force: true);
            throw;
        }
    }

    /// <summary>Stops a container.</summary>
    /// <param name="container">The container.</param>
    /// <param name="grace">How long PID 1 may take.</param>
    public Task<ContainerInfo> StopContainerAsync(ContainerKey container, TimeSpan grace) =>
        Ordinary<IContainerGrain>(container.ToString()).StopAsync(grace);

    /// <summary>Removes a container.</summary>
    /// <param name="container">The container.</param>
    /// <param name="force">Whether to kill PID 1 first.</param>
    public Task RemoveContainerAsync(ContainerKey container, bool force) =>
        Ordinary<IContainerGrain>(container.ToString()).RemoveAsync(force);

    private TGrain Ordinary<TGrain>(string key)
        where TGrain : IGrainWithStringKey => cluster.Client.GetGrain<TGrain>(key);

    private async Task<T> AskAsync<T>(string node, Func<INodeGrain, Task<T>> question, CancellationToken cancellationToken)
    {
        using var lease = await nodes.RentAsync(node, cancellationToken);
        return await question(lease.Client.GetGrain<INodeGrain>(node)).WaitAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<T>> AskAllAsync<T>(Func<INodeGrain, Task<T>> question, CancellationToken cancellationToken)
    {
        var all = membership.Current.Nodes;
        if (all.Count == 0)
        {
            all = (await membership.RefreshAsync(cancellationToken)).Nodes;
        }

        if (all.Count == 0)
        {
            throw new NodeUnavailableException("no silo of the cluster has been reached yet");
        }

        var answers = await Task.WhenAll(all.Select(node => TryAskAsync(node.Name, question, cancellationToken)));
        List<T> known = [.. answers.Where(answer => answer.Answered).Select(answer => answer.Value!)];
        return known.Count > 0 ? known : throw new NodeUnavailableException("no node answers");
    }

    private async Task<(bool Answered, T? Value)> TryAskAsync<T>(string node, Func<INodeGrain, Task<T>> question, CancellationToken cancellationToken)
    {
        try
        {
            return (true, await AskAsync(node, question, cancellationToken));
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NodeSilent(logger, node, fault);
            return (false, default);
        }
    }
}
