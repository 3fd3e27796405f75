using System.Net;
using CriAttach.Gateway.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Gateway.Tests.Cluster;

public sealed class NodeClientTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task WhoGivesUpWhileItConnects_IsNoUserAnyMore()
    {
        using var host = new SilentHost();
        var client = new NodeClient(new ClusterNode("n1", new IPEndPoint(IPAddress.Loopback, 1), 1), host, _time);
        using var patience = new CancellationTokenSource();
        var renting = client.RentAsync(patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => renting);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.FromMinutes(1), client.IdleFor);
    }

    /// <summary>A silo that never answers.</summary>
    private sealed class SilentHost : IHost
    {
        public IServiceProvider Services { get; } = new ServiceCollection().BuildServiceProvider();

        public Task StartAsync(CancellationToken cancellationToken = default) => new TaskCompletionSource().Task.WaitAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
