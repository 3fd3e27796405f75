using CriAttach.AdminApi;
using CriAttach.Testing.Attach;
using CriAttach.Testing.Processes;
using CriAttach.Wire.Channels;

namespace CriAttach.Conformance.Tests;

/// <summary>
/// What every test ends with: its clients are gone, so its containers have no session any more, and nobody else has
/// noticed anything.
/// </summary>
public abstract class ConformanceTest(ConformanceCluster cluster) : IAsyncLifetime
{
    // A client that is gone while PID 1 does not read is noticed by the next pong, and its input has 5 s to get through.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<TestContainer> _containers = [];
    private readonly List<IAsyncDisposable> _clients = [];

    protected CriAttachProcesses Processes => cluster.Processes;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        foreach (var container in _containers)
        {
            await NoSessionAsync(container);
            await container.DisposeAsync();
        }

        await cluster.DisturbedByNobodyAsync();
    }

    /// <summary>A container that runs <c>cat</c>: what goes in comes out.</summary>
    protected Task<TestContainer> EchoAsync() => RunAsync(["cat"]);

    protected Task<TestContainer> ShellAsync(string script, CreateContainerBody? shape = null) => RunAsync(["sh", "-c", script], shape);

    protected async Task<TestContainer> RunAsync(IReadOnlyList<string> args, CreateContainerBody? shape = null)
    {
        var container = await Processes.RunAsync(args, shape);
        _containers.Add(container);
        return container;
    }

    /// <summary>Attaches as clients do: the URL from one gateway, the stream from the other.</summary>
    protected async Task<AttachClient> AttachAsync(
        TestContainer container, StreamProtocol protocol, bool stdin = true, bool stdout = true, bool stderr = true, AttachClientOptions? options = null)
    {
        var client = await container.AttachAsync(protocol, stdin, stdout, stderr, via: 0, at: 1, options);
        _clients.Add(client);
        return client;
    }

    protected Task<AttachClient> AttachAsync(TestContainer container, string protocol) => AttachAsync(container, Protocols.Of(protocol));

    /// <summary>A URL that works at the second gateway.</summary>
    protected async Task<Uri> UrlAsync(TestContainer container) => Processes.Gateways[1].Here(await Processes.Gateways[0].AttachAsync(container.Id));

    protected async Task<RawWebSocket> OpenAsync(TestContainer container, params string[] offered)
    {
        var socket = await RawWebSocket.OpenAsync(await UrlAsync(container), offered);
        _clients.Add(new Closing(socket));
        return socket;
    }

    /// <summary>Waits until a container has no claimed session.</summary>
    protected async Task NoSessionAsync(TestContainer container)
    {
        await Until.TrueAsync(
            async token => (await Processes.Admin.SessionsAsync(token)).Sessions.All(session => session.Container != container.Id || session.State != SessionPhase.Claimed),
            Patience,
            $"the sessions of {container.Id} are freed");
    }

    private sealed class Closing(IDisposable inner) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            inner.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
