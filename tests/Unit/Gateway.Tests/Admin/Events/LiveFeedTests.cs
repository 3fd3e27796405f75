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
        await using var client = Listen();
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
        await using var first = Listen();
        await first.NamesUntilAsync(FeedEvents.Synced);
        await using var second = Listen();
        Assert.Equal([FeedEvents.Nodes, FeedEvents.Gateway, FeedEvents.Containers, FeedEvents.Synced], await second.NamesUntilAsync(FeedEvents.Synced));
        Assert.Equal(1, _source.Asked);
    }

    [Fact]
    public async Task NobodyListens_NobodyIsAsked()
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, _source.Asked);
        await Listen().DisposeAsync();
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
        await using var client = Listen();
        Assert.Equal(FeedEvents.Nodes, (await client.NextAsync()).Name);
        var figures = await client.NextAsync();
        Assert.Equal("""{"name":"g1","sessions":0,"outputBytes":7,"inputBytes":3,"echoP50Ms":2,"echoP99Ms":2}""", figures.Data);
    }

    [Fact]
    public async Task ClusterThatIsAway_IsTold_AndComesBack()
    {
        _source.Fault = new NodeUnavailableException("no silo");
        await using var client = Listen();
        Assert.Equal([FeedEvents.Nodes, FeedEvents.Gateway], await client.NamesUntilAsync(FeedEvents.Gateway));
        _source.Fault = null;
        _source.Containers = [Container("a", ContainerState.Running)];
        _time.Advance(LiveFeed.Period);
        Assert.Equal([FeedEvents.Nodes, FeedEvents.Containers, FeedEvents.Synced], await client.NamesUntilAsync(FeedEvents.Synced));
    }

    [Fact]
    public async Task NodeThatHangs_HoldsUpNeitherNodesNorFigures()
    {
        await using var client = Listen();
        await client.NamesUntilAsync(FeedEvents.Synced);
        _source.Hang();
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

        _source.GoOn();
    }

    [Fact]
    public async Task NodeThatHangsFromTheBeginning_HoldsUpNeitherFiguresNorComments_AndThenAllIsTold()
    {
        _source.Hang();
        _source.Containers = [Container("a", ContainerState.Running)];
        await using var client = Listen();
        var names = client.NamesUntilAsync(Client.Comment);
        while (!names.IsCompleted)
        {
            _time.Advance(LiveFeed.Period);
            await Task.Yield();
        }

        Assert.All((await names)[..^1], name => Assert.Equal(FeedEvents.Gateway, name));
        _source.GoOn();
        var rest = await client.NamesUntilAsync(FeedEvents.Synced);
        Assert.Equal([FeedEvents.Nodes, FeedEvents.Containers, FeedEvents.Synced], rest.SkipWhile(name => name is FeedEvents.Gateway or Client.Comment));
    }

    [Fact]
    public async Task Questions_AreAskedAtOnce()
    {
        _source.Hang();
        await using var client = Listen();
        Assert.Equal(["containers", "ended", "nodes", "sessions"], _source.Questions.Order());
        Assert.True(_source.Questions.IndexOf("sessions") < _source.Questions.IndexOf("ended"));
    }

    [Fact]
    public async Task LargeBeginning_ForOneWhoWaitedForIt_IsNoReasonToCut()
    {
        _source.Hang();
        _source.Containers = [.. Enumerable.Range(0, 600).Select(number => Container($"c{number}", ContainerState.Running, message: new string('x', 10_000)))];
        await using var client = Listen();
        _source.GoOn();
        Assert.Equal(2, (await client.NamesUntilAsync(FeedEvents.Synced)).Count(name => name == FeedEvents.Containers));
    }

    [Fact]
    public async Task SessionThatEndsBetweenTheFirstTwoQuestions_IsToldWithItsCause()
    {
        _source.Hang();
        _source.Sessions = [Session("s", SessionState.Claimed)];
        _source.Ended = [Session("s", SessionState.Ended), Session("before", SessionState.Ended)];
        await using var client = Listen();
        _source.GoOn();
        var told = await client.UntilAsync(FeedEvents.Synced);
        var changes = Assert.Single(told, text => text.Name == FeedEvents.Sessions).Data;
        Assert.Contains("clientGone", changes, StringComparison.Ordinal);
        Assert.DoesNotContain("before", changes, StringComparison.Ordinal);
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

    private static ContainerInfo Container(string id, ContainerState state, string message = "") => new()
    {
        Key = ContainerKey.For("n1", id),
        Spec = new ContainerSpec { Name = id },
        State = state,
        CreatedAt = DateTimeOffset.UnixEpoch,
        Message = message,
    };

    private static SessionInfo Session(string id, SessionState state) => new()
    {
        Key = SessionKey.For("n1", id),
        Container = ContainerKey.For("n1", "a"),
        Streams = new AttachStreams { Stdin = true, Stdout = true, Stderr = false, Tty = true },
        State = state,
        Cause = state == SessionState.Ended ? EndCause.ClientGone : EndCause.None,
        IssuedAt = DateTimeOffset.UnixEpoch,
        ExpiresAt = DateTimeOffset.UnixEpoch,
    };

    private Client Listen()
    {
        _feed.Enter();
        return new Client(_feed, _feed.Listen());
    }

    private sealed class Client : IAsyncDisposable
    {
        public const string Comment = ":";

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
            var line = await ReadLineAsync();
            if (line.StartsWith(':'))
            {
                Assert.Equal("", await ReadLineAsync());
                return (Comment, "");
            }

            var name = line["event: ".Length..];
            var data = (await ReadLineAsync())["data: ".Length..];
            Assert.Equal("", await ReadLineAsync());
            return (name, data);
        }

        public async Task<List<(string Name, string Data)>> UntilAsync(string last)
        {
            var events = new List<(string Name, string Data)>();
            do
            {
                events.Add(await NextAsync());
            }
            while (events[^1].Name != last);
            return events;
        }

        public async Task<List<string>> NamesUntilAsync(string last) => [.. (await UntilAsync(last)).Select(text => text.Name)];

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
        private TaskCompletionSource? _hanging;

        public IReadOnlyList<ContainerInfo> Containers { get; set; } = [];

        public IReadOnlyList<SessionInfo> Sessions { get; set; } = [];

        public IReadOnlyList<SessionInfo> Ended { get; set; } = [];

        public Exception? Fault { get; set; }

        public List<string> Questions { get; } = [];

        public int Asked => Questions.Count(question => question == "containers");

        /// <summary>From now on the answer about containers does not come.</summary>
        public void Hang() => _hanging = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void GoOn()
        {
            var hanging = _hanging;
            _hanging = null;
            hanging?.SetResult();
        }

        public Task<ClusterList<NodeInfo>> NodesAsync(CancellationToken cancellationToken) => Answer<NodeInfo>("nodes", []);

        public async Task<ClusterList<ContainerInfo>> ContainersAsync(CancellationToken cancellationToken)
        {
            var answer = Answer("containers", Containers);
            await (_hanging?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask);
            return await answer;
        }

        public Task<ClusterList<SessionInfo>> SessionsAsync(CancellationToken cancellationToken) => Answer("sessions", Sessions);

        public Task<ClusterList<SessionInfo>> EndedSessionsAsync(CancellationToken cancellationToken) => Answer("ended", Ended);

        private Task<ClusterList<T>> Answer<T>(string question, IReadOnlyList<T> items)
        {
            Questions.Add(question);
            return Fault is null ? Task.FromResult(new ClusterList<T>(items, []) { Answered = ["n1"] }) : Task.FromException<ClusterList<T>>(Fault);
        }
    }
}
