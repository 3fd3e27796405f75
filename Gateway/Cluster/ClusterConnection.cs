using CriAttach.Interfaces.Faults;

namespace CriAttach.Gateway.Cluster;

/// <summary>The ordinary client of the cluster. It connects in the background for as long as that takes; until then calls are refused at once.</summary>
/// <param name="factory">Makes the client.</param>
/// <param name="logger">The log.</param>
internal sealed partial class ClusterConnection(IClusterClientFactory factory, ILogger<ClusterConnection> logger) : BackgroundService
{
    private volatile IHost? _host;

    /// <summary>Gets a value indicating whether the client has reached the cluster.</summary>
    public bool IsConnected => _host is not null;

    /// <summary>Gets the client.</summary>
    /// <exception cref="NodeUnavailableException">No silo was reached yet.</exception>
    public IClusterClient Client =>
        _host?.Services.GetRequiredService<IClusterClient>()
        ?? throw new NodeUnavailableException("no silo of the cluster has been reached yet");

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var host = factory.Create(patient: true, gateway: null);
        try
        {
            await host.StartAsync(stoppingToken);
            _host = host;
            Log.Connected(logger);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops.
        }
        finally
        {
            _host = null;
            await ClientHost.CloseAsync(host);
        }
    }
}
