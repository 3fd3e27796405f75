using CriAttach.AdminApi;
using CriAttach.Gateway.Cluster;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Admin.Events;

/// <summary>What the feed knows from the first listener's coming to the last one's leaving. <see cref="LiveFeed"/> sees to it that one at a time uses it.</summary>
internal sealed class FeedRound : IDisposable
{
    // In turns, two a second. Nodes are asked one turn before they are due, and told as they were when the answer is late.
    private const int FiguresEvery = 4;
    private const int CommentEvery = 30;

    private readonly CancellationTokenSource _over = new();
    private readonly FeedTable<ContainerView> _containers = new(FeedEvents.Containers, AdminJson.Default.ContainerView, FeedNames.Of);
    private readonly FeedTable<SessionView> _sessions = new(FeedEvents.Sessions, AdminJson.Default.SessionView, FeedNames.Of);
    private readonly EndedSessions _ended = new();
    private NodeList _nodes = new() { Nodes = [] };
    private byte[] _figures = [];
    private bool _isAsked;
    private int _turn;
    private int _nodesToldAt = -FiguresEvery;

    /// <summary>Initializes a round that lasts until it is stopped.</summary>
    public FeedRound() => Over = _over.Token;

    /// <summary>Gets the token that fires when nobody listens any more.</summary>
    public CancellationToken Over { get; }

    /// <summary>Gets a value indicating whether what there is was told once.</summary>
    public bool IsSynced { get; private set; }

    /// <summary>Gets a value indicating whether the last attempt failed.</summary>
    public bool IsFailing { get; private set; }

    /// <summary>Gets a value indicating whether the nodes are to be asked about themselves.</summary>
    public bool WantsNodes => _turn - _nodesToldAt >= FiguresEvery - 1;

    /// <summary>Ends the round.</summary>
    public void Stop() => _over.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _over.Dispose();

    /// <summary>Takes what the nodes answered.</summary>
    /// <param name="nodes">The nodes, where they were asked for.</param>
    /// <param name="containers">The containers.</param>
    /// <param name="sessions">The sessions that live.</param>
    /// <param name="ended">Those that ended last.</param>
    /// <returns>The events that tell what is new.</returns>
    public IEnumerable<byte[]> Next(NodeList? nodes, ClusterList<ContainerInfo> containers, ClusterList<SessionInfo> sessions, ClusterList<SessionInfo> ended)
    {
        var events = new List<byte[]>();
        if (nodes is not null || IsFailing)
        {
            _nodes = nodes ?? _nodes;
            events.Add(TellNodes());
        }

        IsFailing = false;
        var live = sessions.Items.Select(AdminViews.Of).ToList();
        var now = live.Select(FeedNames.Of).ToHashSet();
        var last = _ended.Next(
            ended.Items.Select(AdminViews.Of), ended.Answered, ended.Unreachable, session => now.Contains(FeedNames.Of(session)) || _sessions.Has(session));
        events.AddRange(_containers.Next(containers.Items.Select(AdminViews.Of), containers.Unreachable, []));
        events.AddRange(_sessions.Next(live, sessions.Unreachable, last));
        if (!IsSynced)
        {
            IsSynced = true;
            events.Add(FeedText.Synced);
        }

        _isAsked = true;
        return events;
    }

    /// <summary>No node could be asked.</summary>
    /// <returns>The event that tells it, the first time; later it comes with the figures.</returns>
    public IEnumerable<byte[]> Silence()
    {
        var isNews = !IsFailing;
        IsFailing = true;
        _nodes = new NodeList { Nodes = [], UnreachableNodes = [.. _nodes.Nodes.Select(node => node.Name).Union(_nodes.UnreachableNodes)] };
        _isAsked = true;
        return isNews ? [TellNodes()] : [];
    }

    /// <summary>Half a second has passed.</summary>
    /// <param name="figures">What the gateway counts.</param>
    /// <returns>What is told whether there is news or not.</returns>
    public IEnumerable<byte[]> Turn(Func<GatewayView> figures)
    {
        var events = new List<byte[]>();
        if (_isAsked && _turn - _nodesToldAt >= FiguresEvery)
        {
            events.Add(TellNodes());
        }

        if (_turn % FiguresEvery == 0)
        {
            _figures = FeedText.Write(FeedEvents.Gateway, figures(), AdminJson.Default.GatewayView);
            events.Add(_figures);
        }

        if (++_turn % CommentEvery == 0)
        {
            events.Add(FeedText.Comment);
        }

        return events;
    }

    /// <summary>What a listener is told first: the figures alone, as long as no node has been asked. It is put together while it is sent.</summary>
    public IEnumerable<byte[]> Everything()
    {
        byte[][] first = _isAsked ? [NodesEvent(), _figures] : [_figures];
        var (containers, sessions, isSynced) = (_containers.All, _sessions.All, IsSynced);
        return first
            .Concat(FeedText.Changes(FeedEvents.Containers, containers, []))
            .Concat(FeedText.Changes(FeedEvents.Sessions, sessions, []))
            .Concat(isSynced ? [FeedText.Synced] : []);
    }

    private byte[] TellNodes()
    {
        _nodesToldAt = _turn;
        return NodesEvent();
    }

    private byte[] NodesEvent() => FeedText.Write(FeedEvents.Nodes, _nodes, AdminJson.Default.NodeList);
}
