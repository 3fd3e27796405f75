using CriAttach.Gateway.Cluster;
using CriAttach.Interfaces.Containers;
using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.KubeApi.Pods;

/// <summary>Asks the nodes for their containers. The last lists are remembered, so that a watch can begin where a list ended.</summary>
/// <param name="queries">Asks nodes.</param>
/// <param name="options">The default namespace.</param>
/// <param name="time">The clock.</param>
internal sealed class PodFeed(ClusterQueries queries, IOptions<KubeOptions> options, TimeProvider time)
{
    // A client watches a moment after it listed. A version that is forgotten is answered as an API server does: list again.
    private const int Remembered = 16;

    private readonly Lock _lock = new();
    private readonly Queue<PodSnapshot> _lists = new();
    private Task<PodSnapshot>? _shared;
    private long _sharedSince;
    private long _version;

    /// <summary>The pods now.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<PodSnapshot> ReadAsync(CancellationToken cancellationToken) => AskAsync(cancellationToken);

    /// <summary>The pods now, for a client that may watch from here on.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<PodSnapshot> ListAsync(CancellationToken cancellationToken)
    {
        var snapshot = await AskAsync(cancellationToken);
        lock (_lock)
        {
            _lists.Enqueue(snapshot);
            if (_lists.Count > Remembered)
            {
                _lists.Dequeue();
            }
        }

        return snapshot;
    }

    /// <summary>The pods a moment ago, for any number of watchers at the price of one.</summary>
    /// <param name="age">How old they may be.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<PodSnapshot> ReadSharedAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        Task<PodSnapshot> shared;
        lock (_lock)
        {
            if (_shared is null || (_shared.IsCompleted && time.GetElapsedTime(_sharedSince) >= age))
            {
                _sharedSince = time.GetTimestamp();
                _shared = AskAsync(CancellationToken.None);
            }

            shared = _shared;
        }

        return shared.WaitAsync(cancellationToken);
    }

    /// <summary>The list of a version, if it is remembered.</summary>
    /// <param name="version">The version.</param>
    public PodSnapshot? Find(long version)
    {
        lock (_lock)
        {
            return _lists.FirstOrDefault(snapshot => snapshot.Version == version);
        }
    }

    private async Task<PodSnapshot> AskAsync(CancellationToken cancellationToken)
    {
        var containers = await queries.ListContainersAsync(node: null, new ContainerFilter(), cancellationToken);
        var pods = PodGrouping.Pods(containers.Items.Select(info => PodMember.Of(info, options.Value.KubeNamespace)));
        lock (_lock)
        {
            _version = Math.Max(_version + 1, time.GetUtcNow().ToUnixTimeMilliseconds());
            return new PodSnapshot(_version, pods, containers.Unreachable);
        }
    }
}
