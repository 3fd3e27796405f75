namespace CriAttach.Gateway.Cluster;

/// <summary>How the host of a cluster client is closed.</summary>
internal static class ClientHost
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Stops and disposes a client's host; a client that cannot say goodbye goes without.</summary>
    /// <param name="host">The host.</param>
    public static async Task CloseAsync(IHost host)
    {
        try
        {
            await host.StopAsync(Patience);
        }
        catch (Exception fault) when (fault is OperationCanceledException or OrleansException or ObjectDisposedException or InvalidOperationException)
        {
            // The silo is gone, or the client never connected: there is nobody to say goodbye to.
        }
        finally
        {
            host.Dispose();
        }
    }
}
