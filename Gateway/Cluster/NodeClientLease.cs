namespace CriAttach.Gateway.Cluster;

/// <summary>The use of a client that talks to one node. While it is held the client stays open.</summary>
internal sealed class NodeClientLease : IDisposable
{
    private NodeClient? _owner;

    /// <summary>Takes a direct client, or the ordinary one where there is no direct one.</summary>
    /// <param name="client">The client.</param>
    /// <param name="owner">The direct client's owner; none for the ordinary client.</param>
    public NodeClientLease(IClusterClient client, NodeClient? owner)
    {
        Client = client;
        _owner = owner;
    }

    /// <summary>Gets the client.</summary>
    public IClusterClient Client { get; }

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _owner, null)?.Return();
}
