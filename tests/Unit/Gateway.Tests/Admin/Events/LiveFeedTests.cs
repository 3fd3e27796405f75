using System.Diagnostics.Metrics;
using System.IO.Pipelines;
using System.Text;
using CriAttach.AdminApi;
using CriAttach.Gateway.Admin;
using CriAttach.Gateway.Admin.Events;
using CriAttach.Gateway.Cluster;
using CriAttach.Gateway.Streaming;
using CriAttach.Gateway.Telemetry;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Nodes;
using CriAttach.Interfaces.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Gateway.Tests.Admin.Events;

public sealed class LiveFeedTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(50));
    private readonly FakeSource _source = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly GatewayMetrics _metrics;
    private readonly LiveFeed _feed;

    public LiveFeedTests()
    {
        _metrics = new GatewayMetrics(_services.GetRequiredService<IMeterFactory>());
        _feed = new LiveFeed(_source, _metrics, new LiveSessions(), Options.Create(new GatewayIdentity { Name = "g1" }), _time, NullLogger<LiveFeed>.Instance);
    }

    [Fact]
    public async Task Listener_IsToldEverythingFirst_ThenChanges()
    {
        _source.Containers = [Container("a", ContainerState.Running)];
        await using var client = await ListenAsync();
        Assert.Equal([FeedEvents.Nodes, FeedEvents.Gateway, FeedEvents.Containers, FeedEvents.Synced], await client.NamesUntilAsync(FeedEvents.Synced));
        _source.Containers = [Container("a", ContainerState.Exited), Container("b", ContainerState.Running)];
        _time.Advance(LiveFeed.Period);
        var change = await client.NextAsync();
        Assert.Equal(FeedEvents.Containers, change.Name);
        Assert.Contains("exited", change.Data, StringComparison.Ordinal);
        Assert.Contains("\"id\":\"b\"", change.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecondListener_IsToldEverything_AndTheNodesAreNotAskedMore()
    {
        _source.Containers = [Container("a", ContainerState.Running)];
        await using var first = await ListenAsync();
        await first.NamesUntilAsync(FeedEvents.Synced);
        await using var second = await ListenAsync();
        Assert.Equal([FeedEvents.Nodes, FeedEvents.Gateway, FeedEvents.Containers, FeedEvents.Synced], await second.NamesUntilAsync(FeedEvents.Synced));
        Assert.Equal(1, _source.Asked);
    }

    [Fact]
    public async Task NobodyListens_NobodyIsAsked()
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, _source.Asked);
        await (await ListenAsync()).DisposeAsync();
        var asked = _source.Asked;
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(asked, _source.Asked);
    }

    [Fact]
    public async Task Figures_AreThoseOfTheCounters()
    {
        _metrics.OutputBytes(7);
        _metrics.InputBytes(3);
        _metrics.Echoes.Add(TimeSpan.FromMilliseconds(2));
        await using var client = await ListenAsync();
        Assert.Equal(FeedEvents.Nodes, (await client.NextAsync()).Name);
        var figures = await client.NextAsync();
        Assert.Equal("""{"name":"g1","sessions":0,"outputBytes":7,"inputBytes":3,"echoP50Ms":2,"echoP99Ms":2}""", figures.Data);
    }

    [Fact]
    public async Task ClusterThatIsAway_IsTold_AndComesBack()
    {
        _source.Fault = new NodeUnavailableException("no silo");
        await using var client = await ListenAsync();
        Assert.Equal([FeedEvents.Nodes, FeedEvents.Gateway], await client.NamesUntilAsync(FeedEvents.Gateway));
        _source.Fault = null;
        _source.Containers = [Container("a", ContainerState.Running)];
        _time.Advance(LiveFeed.Period);
        Assert.Equal([FeedEvents.Nodes, FeedEvents.Containers, FeedEvents.Synced], await client.NamesUntilAsync(FeedEvents.Synced));
    }

    [Fact]
    public async Task NodeThatHangs_HoldsUpNeitherNodesNorFigures()
    {
        await using var client = await ListenAsync();
        await client.NamesUntilAsync(FeedEvents.Synced);
        using var hanging = new CancellationTokenSource();
        _source.Hang = hanging.Token;
        foreach (var expected in (string[])[FeedEvents.Nodes, FeedEvents.Gateway, FeedEvents.Nodes, FeedEvents.Gateway])
        {
            // Turns of a fake clock that come too fast for the feed count as one.
            var next = client.NextAsync();
            while (!next.IsCompleted)
            {
                _time.Advance(LiveFeed.Period);
                await Task.Yield();
            }

            Assert.Equal(expected, (await next).Name);
        }

        _source.Hang = CancellationToken.None;
        await hanging.CancelAsync();
    }

    [Fact]
    public void MoreListenersThanPlaces_AreRefused()
    {
        for (var place = 0; place < LiveFeed.MaxListeners; place++)
        {
            _feed.Enter();
        }

        Assert.Equal(429, Assert.Throws<AdminFaultException>(_feed.Enter).Status);
        _feed.Leave(listener: null);
        _feed.Enter();
    }

    public void Dispose()
    {
        _feed.Dispose();
        _services.Dispose();
    }

    private static ContainerInfo Container(string id, ContainerState state) => new()
    {
        Key = ContainerKey.For("n1", id),
        Spec = new ContainerSpec { Name = id },
        State = state,
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private async Task<Client> ListenAsync()
    {
        _feed.Enter();
        var listener = await _feed.ListenAsync(CancellationToken.None).WaitAsync(Patience);
        return new Client(_feed, listener);
    }

    private sealed class Client : IAsyncDisposable
    {
        private readonly LiveFeed _feed;
        private readonly FeedListener _listener;
        private readonly Pipe _pipe = new();
        private readonly StreamReader _reader;
        private readonly Task _sending;

        public Client(LiveFeed feed, FeedListener listener)
        {
            (_feed, _listener) = (feed, listener);
            _reader = new StreamReader(_pipe.Reader.AsStream(), Encoding.UTF8);
            _sending = listener.SendAsync(_pipe.Writer, CancellationToken.None);
        }

        public async Task<(string Name, string Data)> NextAsync()
        {
            var name = (await ReadLineAsync())["event: ".Length..];
            var data = (await ReadLineAsync())["data: ".Length..];
            Assert.Equal("", await ReadLineAsync());
            return (name, data);
        }

        public async Task<List<string>> NamesUntilAsync(string last)
        {
            var names = new List<string>();
            do
            {
                names.Add((await NextAsync()).Name);
            }
            while (names[^1] != last);
            return names;
        }

        public async ValueTask DisposeAsync()
        {
            _feed.Leave(_listener);
            _listener.End();
            await _sending;
            _listener.Dispose();
        }

        private async Task<string> ReadLineAsync() => await _reader.ReadLineAsync().WaitAsync(Patience) ?? throw new EndOfStreamException();
    }

    private sealed class FakeSource : IFeedSource
    {
        public IReadOnlyList<ContainerInfo> Containers { get; set; } = [];

        public Exception? Fault { get; set; }

        public CancellationToken Hang { get; set; }

        public int Asked { get; private set; }

        public Task<ClusterList<NodeInfo>> NodesAsync(CancellationToken cancellationToken) => Answer<NodeInfo>([]);

        public Task<ClusterList<ContainerInfo>> ContainersAsync(CancellationToken cancellationToken)
        {
            Asked++;
            return Hang.CanBeCanceled ? HangAsync() : Answer(Containers);
        }

        public Task<ClusterList<SessionInfo>> SessionsAsync(CancellationToken cancellationToken) => Answer<SessionInfo>([]);

        public Task<ClusterList<SessionInfo>> EndedSessionsAsync(CancellationToken cancellationToken) => Answer<SessionInfo>([]);

        private async Task<ClusterList<ContainerInfo>> HangAsync()
        {
            var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = Hang.Register(end.SetResult);
            await end.Task;
            return new ClusterList<ContainerInfo>(Containers, []);
        }

        private Task<ClusterList<T>> Answer<T>(IReadOnlyList<T> items) =>
            Fault is null ? Task.FromResult(new ClusterList<T>(items, [])) : Task.FromException<ClusterList<T>>(Fault);
    }
}
