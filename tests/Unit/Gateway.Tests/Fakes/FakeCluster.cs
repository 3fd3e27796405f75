using System.Net;
using System.Reflection;
using CriAttach.Gateway.Cluster;
using CriAttach.Gateway.Cluster.Connections;
using CriAttach.Interfaces.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CriAttach.Gateway.Tests.Fakes;

/// <summary>A cluster whose nodes answer what the test says. Only the clients' hosts are played.</summary>
internal sealed class FakeCluster(TimeProvider? time = null) : IClusterClientFactory
{
    /// <summary>Gets the connections of each client, by the port of the silo that it talks to; 0 for the ordinary client.</summary>
    public Dictionary<int, ClientConnections> Connections { get; } = [];

    /// <summary>Gets the nodes, and how each answers a method of its grain.</summary>
    public Dictionary<string, Func<string, Task>> Nodes { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets or sets a value indicating whether the ordinary client has just lost every silo that it knew.</summary>
    public bool IsOrdinaryLost { get; set; }

    /// <summary>Gets or sets a value indicating whether the membership is asked for in vain.</summary>
    public bool IsMembershipSilent { get; set; }

    /// <summary>Gets or sets the life of the silos.</summary>
    public int Life { get; set; } = 1;

    public IHost Create(IPEndPoint? gateway, Action<Exception>? obstacle)
    {
        var client = Answering.Of<IClusterClient>((method, args) => gateway is null && IsOrdinaryLost
            ? throw new SiloUnavailableException("No gateways available")
            : Grain(method, args));
        var connections = Connections[gateway?.Port ?? 0] = new ClientConnections(time ?? TimeProvider.System);
        var services = new ServiceCollection().AddSingleton(client).AddSingleton(connections).BuildServiceProvider();
        return Answering.Of<IHost>((method, _) => method.Name switch
        {
            "get_" + nameof(IHost.Services) => services,
            nameof(IHost.StartAsync) or nameof(IHost.StopAsync) => Task.CompletedTask,
            nameof(IHost.Dispose) => null,
            _ => throw new NotSupportedException(method.Name),
        });
    }

    private object Grain(MethodInfo method, object?[] args) =>
        method.ReturnType == typeof(INodeGrain) ? Answering.Of<INodeGrain>((question, _) => Nodes[(string)args[0]!](question.Name))
        : method.ReturnType == typeof(IManagementGrain) ? Answering.Of<IManagementGrain>((_, _) => IsMembershipSilent ? new TaskCompletionSource<MembershipEntry[]>().Task : Task.FromResult(Table()))
        : throw new NotSupportedException(method.ToString());

    private MembershipEntry[] Table() =>
    [
        .. Nodes.Keys.Order(StringComparer.Ordinal).Select((name, index) => new MembershipEntry
        {
            SiloAddress = SiloAddress.New(IPAddress.Loopback, 1000 + index, Life),
            SiloName = name,
            Status = SiloStatus.Active,
            ProxyPort = 2000 + index,
        }),
    ];
}
