using CriAttach.Gateway.Cluster.Connections;
using CriAttach.Interfaces.Faults;

namespace CriAttach.Gateway.Cluster;

/// <summary>
/// The ordinary client of the cluster. It connects in the background for as long as that takes, whatever stands in the way: no silo, no membership store, or one that
/// refuses. Until then calls are refused at once, and say why.
/// </summary>
/// <param name="factory">Makes the client.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class ClusterConnection(IClusterClientFactory factory, TimeProvider time, ILogger<ClusterConnection> logger) : BackgroundService
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private volatile IHost? _host;
    private volatile ClientConnections? _connections;
    private volatile string _obstacle = "";

    /// <summary>Gets a value indicating whether the client has reached the cluster.</summary>
    public bool IsConnected => _host is not null;

    /// <summary>Gets why there is no cluster, as far as that is known.</summary>
    public string Trouble => _obstacle is { Length: > 0 } why ? $"no silo of the cluster has been reached yet: {why}" : "no silo of the cluster has been reached yet";

    /// <summary>Gets the client.</summary>
    /// <exception cref="NodeUnavailableException">No silo was reached yet.</exception>
    public IClusterClient Client => _host?.Services.GetRequiredService<IClusterClient>() ?? throw new NodeUnavailableException(Trouble);

    /// <summary>Somebody has waited for an answer in vain: connections that have heard nothing either are made anew.</summary>
    public async Task DoubtAsync()
    {
        if (_connections is { } connections && await connections.BreakOffSilentAsync() is > 0 and var broken)
        {
            Log.BrokenOff(logger, broken);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = RetryPause;
        while (!await TryServeAsync(stoppingToken))
        {
            await Task.Delay(pause, time, stoppingToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>Connects, and holds the connection until the gateway stops.</summary>
    /// <returns>Whether it was held; if not, another client may have more luck.</returns>
    private async Task<bool> TryServeAsync(CancellationToken stoppingToken)
    {
        try
        {
            var host = factory.Create(gateway: null, Note);
            try
            {
                _connections = host.Services.GetRequiredService<ClientConnections>();
                await host.StartAsync(stoppingToken);
                _host = host;
                _obstacle = "";
                Log.Connected(logger);
                await Task.Delay(Timeout.InfiniteTimeSpan, time, stoppingToken);
            }
            finally
            {
                _host = null;
                _connections = null;
                await ClientHost.CloseAsync(host);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception fault)
        {
            // Whatever it is: the gateway has other work, and the store or the silos may be there a moment later.
            Note(fault);
        }

        return false;
    }

    private void Note(Exception fault)
    {
        var root = fault.GetBaseException();
        var why = (ReferenceEquals(root, fault) ? fault.Message : $"{fault.Message} ({root.Message})").ReplaceLineEndings(" ");
        if (why != _obstacle)
        {
            _obstacle = why;
            Log.NotConnected(logger, fault);
        }
    }
}
