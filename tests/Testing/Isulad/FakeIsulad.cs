using System.Collections.Concurrent;
using CriAttach.Protos.Runtime.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace CriAttach.Testing.Isulad;

/// <summary>
/// Speaks as iSulad does (PROTOCOL.md 5.3): CRI on a unix socket, and a streaming server in its dialect. There is no iSulad for the machines that
/// run the tests.
/// </summary>
public sealed class FakeIsulad : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, FakeIsuladContainer> _containers = [];
    private readonly FakeIsuladStreams _streams = new();
    private readonly WebApplication _app;

    private FakeIsulad(string socket)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket, listener => listener.Protocols = HttpProtocols.Http2));
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this);
        _app = builder.Build();
        _app.MapGrpcService<FakeIsuladService>();
        Socket = socket;
    }

    /// <summary>The path of the CRI socket.</summary>
    public string Socket { get; }

    internal string PodId { get; } = new('b', 64);

    internal IEnumerable<FakeIsuladContainer> Containers => _containers.Values;

    /// <summary>Starts it.</summary>
    /// <param name="socket">The path of the CRI socket, at most 107 bytes.</param>
    public static async Task<FakeIsulad> StartAsync(string socket)
    {
        var isulad = new FakeIsulad(socket);
        await isulad._app.StartAsync().ConfigureAwait(false);
        return isulad;
    }

    /// <summary>Runs a container.</summary>
    /// <param name="container">The container.</param>
    public FakeIsuladContainer Run(FakeIsuladContainer container)
    {
        _containers[container.Id] = container;
        return container;
    }

    /// <summary>Cuts every stream, as a crash does.</summary>
    public Task CutAsync() => _streams.CutAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync().ConfigureAwait(false);
        await _streams.DisposeAsync().ConfigureAwait(false);
    }

    internal string Issue(FakeIsuladContainer container, AttachRequest request) => _streams.Issue(container, request);

    internal void Remove(FakeIsuladContainer container)
    {
        container.Exit(137);
        _containers.TryRemove(container.Id, out _);
    }
}
