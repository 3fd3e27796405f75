using CriAttach.Gateway.Cluster;
using CriAttach.Interfaces.Containers;

namespace CriAttach.Gateway.Streaming.Output;

/// <summary>
/// The output of one container for all its sessions on this gateway: one subscription, one window, a cursor per session. A session whose
/// place is not in the window reads by a subscription of its own until it has caught up.
/// </summary>
/// <param name="container">The container.</param>
/// <param name="stdio">The byte path.</param>
/// <param name="options">The options.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class SharedOutput(
    ContainerKey container, IContainerStdio stdio, StreamingOptions options, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private const int PrivateShare = 4;

    // For two seconds after input, each quarter of a second.
    private const int Looks = 8;

    // A client that has taken nothing for so long is not slow, it stands still.
    private static readonly TimeSpan Still = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly List<SessionOutput> _sessions = [];
    private Task<OutputFeed>? _feed;
    private ITimer? _again;
    private bool _disposed;
    private bool _looking;
    private int _looksLeft;
    private int _catchingUp;
    private long _emptySince = time.GetTimestamp();

    /// <summary>Gets the container.</summary>
    public ContainerKey Container { get; } = container;

    /// <summary>Gets the options.</summary>
    public StreamingOptions Options { get; } = options;

    /// <summary>Gets how far behind the newest byte a session may be that comes back into the window.</summary>
    public int CaughtUp => Options.OutputWindow / PrivateShare;

    /// <summary>Gets the time for whoever measures by it.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>Gets for how long there has been no session; none while there is one.</summary>
    public TimeSpan? EmptyFor
    {
        get
        {
            lock (_gate)
            {
                return _sessions.Count > 0 ? null : Time.GetElapsedTime(_emptySince);
            }
        }
    }

    /// <summary>Gets the number of sessions.</summary>
    public int SessionCount
    {
        get
        {
            lock (_gate)
            {
                return _sessions.Count;
            }
        }
    }

    /// <summary>Counts a session in.</summary>
    /// <param name="session">The session's output.</param>
    public void Add(SessionOutput session)
    {
        lock (_gate)
        {
            _sessions.Add(session);
        }
    }

    /// <summary>Counts a session out.</summary>
    /// <param name="session">The session's output.</param>
    public void Remove(SessionOutput session)
    {
        lock (_gate)
        {
            _sessions.Remove(session);
            _emptySince = Time.GetTimestamp();
        }
    }

    /// <summary>Puts a session into the shared window. The first one decides where the subscription begins.</summary>
    /// <param name="position">The first byte that the session wants.</param>
    /// <param name="maxBacklog">How far behind the newest byte that may be.</param>
    /// <param name="mayHold">Whether the window waits for it; else it is taken out when the window is full.</param>
    /// <param name="mayOpen">Whether it may be the first.</param>
    /// <returns>Its cursor; none when its place is not in the window.</returns>
    public async Task<OutputCursor?> JoinAsync(StdioPosition position, long maxBacklog, bool mayHold, bool mayOpen = true)
    {
        Task<OutputFeed> opening;
        var isFirst = false;
        lock (_gate)
        {
            if (_feed is null || _feed.IsFaulted || _feed.IsCanceled)
            {
                if (!mayOpen)
                {
                    return null;
                }

                _feed = OutputFeed.OpenAsync(stdio, Container, position, mayHold: true, Options.OutputWindow, Options.NodeGrace, Time, logger);
                isFirst = true;
            }

            opening = _feed;
        }

        var feed = await opening;
        if (feed.Window.Fault is not null && !isFirst)
        {
            lock (_gate)
            {
                if (ReferenceEquals(_feed, opening))
                {
                    _feed = null;
                }
            }

            await feed.DisposeAsync();
            return null;
        }

        if (isFirst)
        {
            feed.Window.SetMayHold(feed.First, mayHold);
            return feed.First;
        }

        return feed.Window.TryJoin(position, maxBacklog, mayHold);
    }

    /// <summary>Opens a subscription for one session alone.</summary>
    /// <param name="position">The first byte that the session wants.</param>
    /// <param name="mayHold">Whether the session may slow PID 1 down.</param>
    public async Task<OutputFeed> OpenPrivateAsync(StdioPosition position, bool mayHold)
    {
        Log.Private(logger, Container, position.Offset, mayHold);
        SetCatchingUp(1);
        try
        {
            return await OutputFeed.OpenAsync(stdio, Container, position, mayHold, mayHold ? CaughtUp : CaughtUp / PrivateShare, Options.NodeGrace, Time, logger);
        }
        catch
        {
            SetCatchingUp(-1);
            throw;
        }
    }

    /// <summary>Ends a subscription of <see cref="OpenPrivateAsync"/>.</summary>
    /// <param name="feed">The subscription.</param>
    public async Task ClosePrivateAsync(OutputFeed feed)
    {
        SetCatchingUp(-1);
        await feed.DisposeAsync();
    }

    /// <summary>
    /// A session has sent input: sessions that stand still do not keep PID 1's answer from it. They read on alone, from where they are; those that are
    /// slow but move keep their right.
    /// </summary>
    public void Lift()
    {
        lock (_gate)
        {
            _looksLeft = Looks;
            if (_looking || _disposed)
            {
                return;
            }

            // The window may be full, and somebody stand still, only before the answer comes.
            _looking = true;
            _again ??= Time.CreateTimer(static shared => ((SharedOutput)shared!).LookAgain(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _again.Change(Still / 2, Timeout.InfiniteTimeSpan);
        }

        PassWhoStandsStill();
    }

    /// <summary>Once a second: takes the right to hold from sessions that are too slow, where they do hold.</summary>
    public void Tick()
    {
        var full = IsFull;
        foreach (var session in Sessions)
        {
            session.Sample(full);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task<OutputFeed>? feed;
        lock (_gate)
        {
            feed = _feed;
            _feed = null;
            _disposed = true;
            _again?.Dispose();
        }

        if (feed is null)
        {
            return;
        }

        try
        {
            await (await feed).DisposeAsync();
        }
        catch (Exception fault)
        {
            // It never opened; whoever waited for it knows.
            Log.NeverOpened(logger, Container, fault);
        }
    }

    private bool IsFull => _feed is { IsCompletedSuccessfully: true } feed && feed.GetAwaiter().GetResult().Window.IsFull;

    private SessionOutput[] Sessions
    {
        get
        {
            lock (_gate)
            {
                return [.. _sessions];
            }
        }
    }

    private void LookAgain()
    {
        lock (_gate)
        {
            _looking = --_looksLeft > 0 && !_disposed;
            if (_looking)
            {
                _again!.Change(Still / 2, Timeout.InfiniteTimeSpan);
            }
        }

        PassWhoStandsStill();
    }

    private void PassWhoStandsStill()
    {
        // Whoever is the oldest then may stand still as well.
        while (IsFull && Sessions.Any(session => session.LeaveIfStill(Still)))
        {
        }
    }

    private void SetCatchingUp(int change)
    {
        lock (_gate)
        {
            _catchingUp += change;
            if (_feed is { IsCompletedSuccessfully: true } feed)
            {
                feed.GetAwaiter().GetResult().Window.Keep(_catchingUp > 0 ? CaughtUp : 0);
            }
        }
    }
}
