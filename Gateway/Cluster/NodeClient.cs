using CriAttach.Gateway.Cluster.Connections;

namespace CriAttach.Gateway.Cluster;

/// <summary>A client whose only gateway is the silo of one node, so that no other silo stands in the byte path.</summary>
/// <param name="node">The node, in one life of its silo.</param>
/// <param name="host">The client's host; this owns it.</param>
/// <param name="time">The clock.</param>
internal sealed class NodeClient(ClusterNode node, IHost host, TimeProvider time)
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private Task? _start;
    private int _users;
    private long _lastUsed = time.GetTimestamp();
    private bool _closed;

    /// <summary>Gets the node.</summary>
    public ClusterNode Node { get; } = node;

    /// <summary>Gets a value indicating whether the silo could not be reached.</summary>
    public bool HasFailed => _start is { IsFaulted: true } or { IsCanceled: true };

    /// <summary>Gets how long nobody has used it; zero while somebody does.</summary>
    public TimeSpan IdleFor
    {
        get
        {
            lock (_gate)
            {
                return _users > 0 ? TimeSpan.Zero : time.GetElapsedTime(_lastUsed);
            }
        }
    }

    /// <summary>Takes the client for use, once it is connected.</summary>
    /// <param name="cancellationToken">Ends the wait: then it is not taken.</param>
    /// <returns>The use; none when the client is already closed.</returns>
    public async Task<NodeClientLease?> RentAsync(CancellationToken cancellationToken)
    {
        Task start;
        lock (_gate)
        {
            if (_closed)
            {
                return null;
            }

            _users++;
            start = _start ??= ConnectAsync();
        }

        try
        {
            await start.WaitAsync(cancellationToken);
            return new NodeClientLease(host.Services.GetRequiredService<IClusterClient>(), this);
        }
        catch
        {
            Return();
            throw;
        }
    }

    /// <summary>Ends a use.</summary>
    public void Return()
    {
        lock (_gate)
        {
            _users--;
            _lastUsed = time.GetTimestamp();
        }
    }

    /// <summary>Breaks off what has heard nothing of the silo for too long.</summary>
    /// <returns>How many connections that was.</returns>
    public Task<int> BreakOffSilentAsync()
    {
        ClientConnections connections;
        lock (_gate)
        {
            if (_closed)
            {
                return Task.FromResult(0);
            }

            connections = host.Services.GetRequiredService<ClientConnections>();
        }

        return connections.BreakOffSilentAsync();
    }

    /// <summary>Closes the client unless somebody uses it.</summary>
    /// <param name="always">Whether to close it even then.</param>
    /// <returns>Whether it is closed.</returns>
    public async Task<bool> TryCloseAsync(bool always = false)
    {
        lock (_gate)
        {
            if (_closed || (_users > 0 && !always))
            {
                return _closed;
            }

            _closed = true;
        }

        await ClientHost.CloseAsync(host);
        return true;
    }

    private async Task ConnectAsync()
    {
        await Task.Yield();
        using var patience = new CancellationTokenSource(ConnectPatience, time);
        await host.StartAsync(patience.Token);
    }
}
