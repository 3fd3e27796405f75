using CriAttach.Silo.State;
using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Agent;

/// <summary>Brings the agent up before the silo joins the cluster, and lets go of the containers after it has left.</summary>
internal sealed class NodeAgentService(NodeAgent agent, IOptions<NodeOptions> options) : IHostedService
{
    private FileStream? _lock;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        PrivateFile.CreateDirectory(options.Value.StateDirectory);
        PrivateFile.CreateDirectory(options.Value.RunDirectory);
        _lock = Lock(Path.Combine(options.Value.StateDirectory, "lock"));
        await agent.RecoverAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await agent.DisposeAsync().ConfigureAwait(false);
        if (_lock is not null)
        {
            await _lock.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Two silos over the same containers would steal each other's output.</summary>
    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault)
        {
            throw new InvalidOperationException($"another silo uses the state directory: {fault.Message}", fault);
        }
    }
}
