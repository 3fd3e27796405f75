using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Directory;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Nodes;
using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.Cluster;

/// <summary>Finds the node of a container: the own node first, then the directory, and the nodes themselves where the directory cannot be sure.</summary>
/// <param name="identity">This gateway.</param>
/// <param name="cluster">The ordinary client.</param>
/// <param name="membership">The nodes.</param>
/// <param name="nodes">The direct clients.</param>
/// <param name="logger">The log.</param>
internal sealed partial class ContainerLocator(
    IOptions<GatewayIdentity> identity, ClusterConnection cluster, Membership membership, NodeClients nodes, ILogger<ContainerLocator> logger)
{
    /// <summary>Finds a container.</summary>
    /// <param name="reference">An id, a unique prefix of one, a name, or <c>namespace/pod/container</c>.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="ContainerNotFoundException">No node has it.</exception>
    /// <exception cref="AmbiguousContainerException">More than one container has the reference.</exception>
    /// <exception cref="NodeUnavailableException">A node that could have it does not answer.</exception>
    public async Task<ContainerKey> FindAsync(string reference, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(reference))
        {
            throw new ContainerNotFoundException("no container has an empty reference");
        }

        if (identity.Value.Node is { Length: > 0 } own && await TryNodeAsync(own, reference, cancellationToken) is { Count: > 0 } here)
        {
            return Single(here, reference);
        }

        var answer = await TryDirectoryAsync(reference, cancellationToken);
        return answer is { Warm: true, Matches.Count: > 0 }
            ? Single(answer.Matches, reference)
            : await AskAllAsync(reference, answer?.Warm == true, cancellationToken);
    }

    private static ContainerKey Single(IReadOnlyList<ContainerKey> matches, string reference) => matches.Count switch
    {
        0 => throw new ContainerNotFoundException($"no container is known as '{reference}'"),
        1 => matches[0],
        _ => throw new AmbiguousContainerException($"'{reference}' names more than one container"),
    };

    /// <summary>Asks the nodes: a miss in the directory proves little, for a container that is new registers a moment later.</summary>
    private async Task<ContainerKey> AskAllAsync(string reference, bool warm, CancellationToken cancellationToken)
    {
        var snapshot = membership.Current;
        if (snapshot.Nodes.Count == 0)
        {
            snapshot = await membership.RefreshAsync(cancellationToken);
        }

        var answers = await Task.WhenAll(snapshot.Nodes.Select(node => TryNodeAsync(node.Name, reference, cancellationToken)));
        var matches = answers.Where(answer => answer is not null).SelectMany(answer => answer!).Distinct().ToList();
        if (matches.Count == 0 && (answers.Length == 0 || (!warm && answers.Contains(null))))
        {
            throw new NodeUnavailableException(
                cluster.IsConnected ? $"not every node could be asked for the container '{reference}'" : cluster.Trouble);
        }

        return Single(matches, reference);
    }

    private async Task<DirectoryAnswer?> TryDirectoryAsync(string reference, CancellationToken cancellationToken)
    {
        try
        {
            return await cluster.Client.GetGrain<IDirectoryGrain>(DirectoryShard.Of(reference)).FindAsync(reference).WaitAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException && cluster.IsConnected)
        {
            Log.DirectoryFailed(logger, fault);
            return null;
        }
    }

    private async Task<IReadOnlyList<ContainerKey>?> TryNodeAsync(string node, string reference, CancellationToken cancellationToken)
    {
        try
        {
            return await nodes.AskAsync(
                node, client => client.GetGrain<INodeGrain>(node).FindContainersAsync(reference).WaitAsync(cancellationToken), cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException && cluster.IsConnected)
        {
            Log.NodeFailed(logger, node, fault);
            return null;
        }
    }
}
