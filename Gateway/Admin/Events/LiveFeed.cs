using CriAttach.AdminApi;
using CriAttach.Gateway.Cluster;
using CriAttach.Gateway.Streaming;
using CriAttach.Gateway.Telemetry;
using CriAttach.Interfaces.Sessions;
using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.Admin.Events;

/// <summary>
/// Asks the nodes twice a second, while anybody listens, and tells all listeners what is new. However many listen, it asks once; a listener costs what it is told.
/// </summary>
/// <param name="source">Asks the nodes.</param>
/// <param name="metrics">What this gateway counts.</param>
/// <param name="live">The sessions that it serves.</param>
/// <param name="identity">This gateway.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class LiveFeed(
    IFeedSource source, GatewayMetrics metrics, LiveSessions live, IOptions<GatewayIdentity> identity, TimeProvider time, ILogger<LiveFeed> logger) : IDisposable
{
    /// <summary>How many may listen. The next one is refused.</summary>
    public const int MaxListeners = 200;

    /// <summary>How often the nodes are asked.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly List<FeedListener> _listeners = [];
    private int _count;
    private FeedRound? _round;

    /// <summary>Gets the first event.</summary>
    public byte[] Hello => FeedText.Write(
        FeedEvents.Hello, new FeedHello { Gateway = identity.Value.Name, Version = GatewayVersion.Text }, AdminJson.Default.FeedHello);

    /// <summary>Takes a place among those who listen.</summary>
    /// <exception cref="AdminFaultException">There is none left.</exception>
    public void Enter()
    {
        lock (_gate)
        {
            if (_count >= MaxListeners)
            {
                throw new AdminFaultException(StatusCodes.Status429TooManyRequests, "Too many listeners", $"{MaxListeners} listen already at this gateway");
            }

            _count++;
            if (_round is null)
            {
                _round = new FeedRound();
                _ = RunAsync(_round);
            }
        }
    }

    /// <summary>Begins to listen. As long as the nodes have not answered, that brings figures and comments.</summary>
    public FeedListener Listen()
    {
        lock (_gate)
        {
            var listener = new FeedListener(_round!.Everything());
            _listeners.Add(listener);
            return listener;
        }
    }

    /// <summary>Gives the place back. When nobody listens any more, nobody is asked any more.</summary>
    /// <param name="listener">Who listened; none when it did not come to that.</param>
    public void Leave(FeedListener? listener)
    {
        FeedRound? over = null;
        lock (_gate)
        {
            if (listener is not null)
            {
                _listeners.Remove(listener);
            }

            if (--_count == 0)
            {
                (over, _round) = (_round, null);
            }
        }

        over?.Stop();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        FeedRound? over;
        lock (_gate)
        {
            over = _round;
        }

        over?.Stop();
    }

    private async Task RunAsync(FeedRound round)
    {
        using var timer = new PeriodicTimer(Period, time);
        var asking = Task.CompletedTask;
        try
        {
            do
            {
                // A node that hangs holds up what is new, not the figures.
                if (asking.IsCompleted)
                {
                    asking = AskAsync(round);
                }

                lock (_gate)
                {
                    Tell(round.Turn(Figures));
                }
            }
            while (await timer.WaitForNextTickAsync(round.Over));
        }
        catch (OperationCanceledException) when (round.Over.IsCancellationRequested)
        {
            // Nobody listens any more.
        }
        finally
        {
            await asking;
            round.Dispose();
        }
    }

    private async Task AskAsync(FeedRound round)
    {
        try
        {
            // At once: a node that hangs costs its patience once, not for each question.
            var nodes = round.WantsNodes ? NodesAsync(round.Over) : Task.FromResult<NodeList?>(null);
            var containers = source.ContainersAsync(round.Over);
            var sessions = SessionsAsync(round.Over);
            await Task.WhenAll(nodes, containers, sessions);
            var (live, ended) = await sessions;
            var (view, all) = (await nodes, await containers);
            lock (_gate)
            {
                var isFirst = !round.IsSynced;
                var events = round.Next(view, all, live, ended);
                if (isFirst)
                {
                    // All that there is may be more than may wait.
                    _listeners.ForEach(listener => listener.TellAll(events));
                }
                else
                {
                    Tell(events);
                }
            }
        }
        catch (OperationCanceledException) when (round.Over.IsCancellationRequested)
        {
            // Nobody listens any more.
        }
        catch (Exception fault)
        {
            if (!round.IsFailing)
            {
                Log.Failed(logger, fault.Message, fault);
            }

            lock (_gate)
            {
                Tell(round.Silence());
            }
        }
    }

    private async Task<NodeList?> NodesAsync(CancellationToken cancellationToken)
    {
        var nodes = await source.NodesAsync(cancellationToken);
        return new NodeList { Nodes = [.. nodes.Items.Select(AdminViews.Of).OrderBy(node => node.Name, StringComparer.Ordinal)], UnreachableNodes = nodes.Unreachable };
    }

    private async Task<(ClusterList<SessionInfo> Live, ClusterList<SessionInfo> Ended)> SessionsAsync(CancellationToken cancellationToken)
    {
        var live = await source.SessionsAsync(cancellationToken);

        // Asked for after those that live: one that is in neither list is gone.
        return (live, await source.EndedSessionsAsync(cancellationToken));
    }

    private GatewayView Figures()
    {
        var echo = metrics.Echoes.Percentiles(0.5, 0.99);
        return new GatewayView
        {
            Name = identity.Value.Name,
            Sessions = live.Count,
            OutputBytes = metrics.OutputTotal,
            InputBytes = metrics.InputTotal,
            EchoP50Ms = echo?[0],
            EchoP99Ms = echo?[1],
        };
    }

    private void Tell(IEnumerable<byte[]> events)
    {
        foreach (var text in events)
        {
            _listeners.ForEach(listener => listener.Tell(text));
        }
    }
}
