using CriAttach.Testing.Processes;

namespace CriAttach.EndToEnd.Tests.CriUpstream;

/// <summary>A silo and a gateway beside Debian's containerd; a client that does not read loses its right after two seconds.</summary>
public sealed class UpstreamCluster : IAsyncLifetime
{
    private UpstreamNode? _node;

    public UpstreamNode Node => _node ?? throw new InvalidOperationException("The node was not started.");

    public async ValueTask InitializeAsync() =>
        _node = await UpstreamNode.StartAsync(stallTimeout: TimeSpan.FromSeconds(2));

    public ValueTask DisposeAsync() => _node?.DisposeAsync() ?? ValueTask.CompletedTask;
}
