using CriAttach.Testing.Processes;

namespace CriAttach.EndToEnd.Tests.CriUpstream;

/// <summary>A silo and a gateway beside Debian's containerd; a client that does not read loses its right after two seconds.</summary>
public sealed class UpstreamCluster : IAsyncLifetime
{
    private UpstreamNode? _node;

    public UpstreamNode Node => _node ?? throw new InvalidOperationException("The node was not started.");

    public async ValueTask InitializeAsync() =>
        _node = await UpstreamNode.StartAsync(new Dictionary<string, string> { ["CriAttach:Stdio:StallTimeout"] = "00:00:02" });

    public ValueTask DisposeAsync() => _node?.DisposeAsync() ?? ValueTask.CompletedTask;
}
