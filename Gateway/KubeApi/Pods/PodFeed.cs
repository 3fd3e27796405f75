using CriAttach.Gateway.Cluster;
using CriAttach.Interfaces.Containers;
using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.KubeApi.Pods;

/// <summary>Asks the nodes for their containers. The last lists are remembered, so that a watch can begin where a list ended.</summary>
/// <param name="queries">Asks nodes.</param>
/// <param name="lists">What the nodes answered a moment ago.</param>
/// <param name="options">The default namespace.</param>
/// <param name="time">The clock.</param>
internal sealed class PodFeed(ClusterQueries queries, ContainerLists lists, IOptions<KubeOptions> options, TimeProvider time)
{
    // A client watches a moment after it listed. A version that is forgotten is answered as an API server does: list again.
    private const int Remembered = 16;

    private readonly Lock _lock = new();
    private readonly Queue<PodSnapshot> _lists = new();
    private (ClusterList<ContainerInfo> List, PodSnapshot Pods)? _shared;
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
    public async Task<PodSnapshot> ReadSharedAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        var list = await lists.ReadAsync(age, cancellationToken);
        lock (_lock)
        {
            if (_shared is not { } shared || !ReferenceEquals(shared.List, list))
            {
                _shared = shared = (list, SnapshotOf(list));
            }

            return shared.Pods;
        }
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

    private async Task<PodSnapshot> AskAsync(CancellationToken cancellationToken) =>
        SnapshotOf(await queries.ListContainersAsync(node: null, new ContainerFilter(), cancellationToken));

    private PodSnapshot SnapshotOf(ClusterList<ContainerInfo> containers)
    {
        var pods = PodGrouping.Pods(containers.Items.Select(info => PodMember.Of(info, options.Value.KubeNamespace)));
        lock (_lock)
        {
            _version = Math.Max(_version + 1, time.GetUtcNow().ToUnixTimeMilliseconds());
            return new PodSnapshot(_version, pods, containers.Unreachable);
        }
    }
}
