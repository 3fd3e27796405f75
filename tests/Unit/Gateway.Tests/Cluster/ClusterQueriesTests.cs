using CriAttach.Gateway.Cluster;
using CriAttach.Gateway.Tests.Fakes;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Nodes;
using CriAttach.Interfaces.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Gateway.Tests.Cluster;

public sealed class ClusterQueriesTests : IAsyncLifetime
{
    // What a silo of the release before answered, word for word.
    private const string UnknownCall =
        "Unable to resolve type alias \"(\"inv\",[Orleans.Runtime.GrainReference],[CriAttach.Interfaces.Nodes.INodeGrain],\"listEndedSessions\")\".";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(50));
    private readonly FakeCluster _cluster = new();
    private readonly CollectingLogger<ClusterQueries> _logger = new();
    private FakeGateway _gateway = null!;
    private ClusterQueries _queries = null!;

    [Fact]
    public async Task NodeThatHangs_IsSilentThisTime_AndTheOthersAreTold()
    {
        _cluster.Nodes["n1"] = _cluster.Nodes["n2"] = Answer;

        // The direct clients connect meanwhile; from then on n1 answers at once.
        Assert.Equal(["n1", "n2"], (await WatchAsync()).Answered);
        _cluster.Nodes["n2"] = _ => new TaskCompletionSource<IReadOnlyList<ContainerInfo>>().Task;
        var watching = WatchAsync();
        Assert.False(watching.IsCompleted);
        _time.Advance(ClusterQueries.WatchPatience);
        var list = await watching;
        Assert.Equal(["n1"], list.Answered);
        Assert.Equal(["n2"], list.Unreachable);
    }

    [Fact]
    public async Task Silence_IsLoggedOnceAQuestion_AndAgainAfterAnAnswer()
    {
        _cluster.Nodes["n1"] = method => method == nameof(INodeGrain.ListEndedSessionsAsync) ? throw new TimeoutException() : Answer(method);
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(["n1"], (await _queries.ListSessionsAsync(node: null, CancellationToken.None)).Answered);
            Assert.Equal(["n1"], (await _queries.ListEndedSessionsAsync(node: null, CancellationToken.None)).Unreachable);
        }

        Assert.Contains("ListEndedSessions", Assert.Single(_logger.Messages), StringComparison.Ordinal);
        var faulty = _cluster.Nodes["n1"];
        _cluster.Nodes["n1"] = Answer;
        await _queries.ListEndedSessionsAsync(node: null, CancellationToken.None);
        _cluster.Nodes["n1"] = faulty;
        await _queries.ListEndedSessionsAsync(node: null, CancellationToken.None);
        Assert.Equal(2, _logger.Messages.Count);
    }

    [Fact]
    public async Task NodeThatDoesNotKnowTheQuestion_IsNotSilent_AndIsNotAskedAgainInThisLife()
    {
        var asked = 0;
        _cluster.Nodes["n1"] = method =>
        {
            asked++;
            throw new TypeLoadException(UnknownCall);
        };
        for (var round = 0; round < 3; round++)
        {
            var list = await _queries.ListEndedSessionsAsync(node: null, CancellationToken.None);
            Assert.Equal(["n1"], list.Answered);
            Assert.Empty(list.Unreachable);
        }

        Assert.Equal(1, asked);
        Assert.Empty(_logger.Messages);
        _cluster.Life++;
        await _gateway.Membership.RefreshAsync(CancellationToken.None);
        await _queries.ListEndedSessionsAsync(node: null, CancellationToken.None);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task AnswerThatCannotBeRead_IsSilence()
    {
        _cluster.Nodes["n1"] = _ => throw new TypeLoadException("Unable to resolve type alias \"criattach.Later\".");
        Assert.Equal(["n1"], (await _queries.ListEndedSessionsAsync(node: null, CancellationToken.None)).Unreachable);
    }

    [Fact]
    public async Task Order_GoesToTheNodeThatAnswers_WhileTheOrdinaryClientHasNoSilo()
    {
        ContainerInfo made = new()
        {
            Key = ContainerKey.For("n1", new string('c', 64)),
            Spec = new ContainerSpec(),
            State = ContainerState.Created,
            CreatedAt = _time.GetUtcNow(),
        };
        _cluster.Nodes["n1"] = method => method == nameof(INodeGrain.CreateContainerAsync) ? Task.FromResult(made) : Answer(method);
        Assert.Equal(["n1"], (await WatchAsync()).Answered);
        _cluster.IsOrdinaryLost = true;
        Assert.Equal(made, await _queries.CreateContainerAsync("n1", made.Spec, start: false));
    }

    public async ValueTask InitializeAsync()
    {
        _gateway = await FakeGateway.ReachAsync(_cluster, _time);
        _queries = _gateway.Queries(_time, _logger);
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    private static Task Answer(string method) => method switch
    {
        nameof(INodeGrain.ListContainersAsync) => Task.FromResult<IReadOnlyList<ContainerInfo>>([]),
        nameof(INodeGrain.ListSessionsAsync) or nameof(INodeGrain.ListEndedSessionsAsync) => Task.FromResult<IReadOnlyList<SessionInfo>>([]),
        _ => throw new NotSupportedException(method),
    };

    private Task<ClusterList<ContainerInfo>> WatchAsync() => _queries.WatchContainersAsync(CancellationToken.None).WaitAsync(Patience);
}
