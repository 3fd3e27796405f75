using CriAttach.Grains.Ports;
using CriAttach.Grains.Recordings;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Nodes;
using CriAttach.Interfaces.Sessions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CriAttach.Grains.Sessions;

/// <summary>
/// All sessions of this node: Issued, Claimed, perhaps Suspended and Claimed again, Ended. A singleton of the process; the session grains are façades over it.
/// Bounded by <see cref="SessionOptions.MaxUnclaimed"/>, <see cref="SessionOptions.MaxSuspended"/> and by what gateways hold open; an ended session is forgotten.
/// </summary>
internal sealed partial class SessionTable : IDisposable
{
    // A gateway subscribes at once; PID 1 is not to outrun it meanwhile.
    private static readonly TimeSpan SubscribeWithin = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, SessionEntry> _sessions = new(StringComparer.Ordinal);
    private readonly SessionOptions _options;
    private readonly INodeAgent _agent;
    private readonly ISessionJournal _journal;
    private readonly ISessionRecorder _recorder;
    private readonly TimeProvider _clock;
    private readonly ILogger<SessionTable> _logger;
    private readonly ITimer _sweep;
    private int _unclaimed;

    public SessionTable(
        INodeAgent agent, ISessionJournal journal, IOptions<SessionOptions> options, TimeProvider clock, ILogger<SessionTable> logger, ISessionRecorder? recorder = null)
    {
        _agent = agent;
        _journal = journal;
        _options = options.Value;
        _clock = clock;
        _logger = logger;
        _shareRevision = clock.GetUtcNow().ToUnixTimeMilliseconds();
        _recorder = recorder ?? new NoRecordings();
        _recorder.OnFailure(EndUnrecorded);
        Restore();
        _sweep = clock.CreateTimer(static self => ((SessionTable)self!).Sweep(), this, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    /// <summary>Gets the sessions that are issued or claimed.</summary>
    public IReadOnlyList<SessionInfo> Sessions
    {
        get
        {
            lock (_lock)
            {
                return [.. _sessions.Values.Select(View)];
            }
        }
    }

    /// <summary>Gets the number of sessions that are issued or claimed.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _sessions.Count;
            }
        }
    }

    /// <summary>What a session is now; none when it is unknown or over.</summary>
    public SessionInfo? Find(string id)
    {
        lock (_lock)
        {
            return _sessions.TryGetValue(id, out var entry) ? View(entry) : null;
        }
    }

    /// <summary>Makes a session that can be claimed once.</summary>
    public SessionInfo Open(IRuntimeContainer container, OpenSessionRequest request)
    {
        var now = _clock.GetUtcNow();
        lock (_lock)
        {
            if (_sessions.TryGetValue(request.SessionId, out var known))
            {
                // The answer to the first request got lost.
                return known.Record.Info is { State: SessionState.Issued } issued && issued.Container == container.Info.Key
                    ? issued
                    : throw new InvalidOperationException("a session with this id exists");
            }

            if (_ended.ContainsKey(request.SessionId))
            {
                // Late, and repeated meanwhile: a token that was used, or has run out, does not come to life again.
                throw new InvalidOperationException("a session with this id is over");
            }

            if (_unclaimed >= _options.MaxUnclaimed)
            {
                Expire();
            }

            if (_unclaimed >= _options.MaxUnclaimed)
            {
                throw new TooManySessionsException("maximum number of in-flight requests exceeded");
            }

            var record = new SessionRecord
            {
                Info = new SessionInfo
                {
                    Key = SessionKey.For(_agent.Name, request.SessionId),
                    Container = container.Info.Key,
                    Streams = request.Streams,
                    State = SessionState.Issued,
                    IssuedAt = now,
                    ExpiresAt = now + _options.TokenTtl,
                    Role = request.Role,
                    Client = request.Client,
                    Delivery = request.Delivery,
                },
                Replay = request.Replay,
                ReplayBytes = request.ReplayBytes,
                ExitStatus = request.ExitStatus,
            };
            _sessions.Add(request.SessionId, new SessionEntry(record) { RenewedAt = _clock.GetTimestamp(), ClaimWithin = _options.TokenTtl });
            _unclaimed++;
            _journal.Write(record);
            return record.Info;
        }
    }

    /// <summary>Makes a connection the owner of a session: the first one that comes, and that one again when its answer was lost; later one that can resume it.</summary>
    public ClaimResult Claim(string id, ClaimRequest request)
    {
        lock (_lock)
        {
            if (!_sessions.TryGetValue(id, out var entry))
            {
                return _resumes.TryGetValue(id, out var resumed)
                    ? Resume(id, _sessions[resumed], request)
                    : new ClaimResult { Outcome = ClaimOutcome.Unknown };
            }

            if (entry.Record.Info.State != SessionState.Issued)
            {
                return entry.Record.Nonce == request.Nonce
                    ? entry.Record.Claim!
                    : new ClaimResult { Outcome = ClaimOutcome.AlreadyClaimed };
            }

            var container = _agent.Find(entry.Record.Info.Container.ContainerId);
            if (container is null || _clock.GetElapsedTime(entry.RenewedAt) > entry.ClaimWithin)
            {
                EndLocked(id, entry, container is null ? EndCause.ContainerRemoved : EndCause.TokenExpired);
                return new ClaimResult { Outcome = ClaimOutcome.Unknown };
            }

            return Claim(entry, request, container);
        }
    }

    /// <summary>Ends a session. The first cause wins.</summary>
    public EndCause End(string id, EndCause cause, string message = "")
    {
        lock (_lock)
        {
            return _sessions.TryGetValue(id, out var entry) ? EndLocked(id, entry, cause, message)
                : _ended.TryGetValue(id, out var first) ? first.Cause
                : EndCause.None;
        }
    }

    /// <summary>Renews the sessions of a gateway and tells it which of them are over, and what it asks for besides.</summary>
    public IReadOnlyList<SessionChange> Renew(SessionLease lease)
    {
        var now = _clock.GetTimestamp();
        List<SessionChange>? changes = null;
        lock (_lock)
        {
            for (var at = 0; at < lease.Sessions.Count; at++)
            {
                var id = lease.Sessions[at];
                if (!_sessions.TryGetValue(id, out var entry))
                {
                    var (cause, message) = _ended.GetValueOrDefault(id, (EndCause.Failed, ""));
                    (changes ??= []).Add(new SessionChange { Session = id, Cause = cause, Message = message });
                }
                else if (entry.Record.Info.Gateway != lease.Gateway)
                {
                    (changes ??= []).Add(new SessionChange { Session = id, Cause = EndCause.Resumed });
                }
                else if (entry.Record.Info is { State: SessionState.Claimed } or { Cause: EndCause.GatewayLost })
                {
                    entry.RenewedAt = now;
                    if (entry.Record.Info.State == SessionState.Suspended)
                    {
                        Reform(entry);
                    }

                    if (lease.Seen is { } seen && News(id, entry, seen.ElementAtOrDefault(at)) is { } news)
                    {
                        (changes ??= []).Add(news);
                    }
                }
            }
        }

        return changes ?? (IReadOnlyList<SessionChange>)[];
    }

    /// <summary>Ends all sessions of a container that is removed.</summary>
    public void EndAll(string containerId, EndCause cause)
    {
        lock (_lock)
        {
            foreach (var (id, entry) in _sessions.Where(pair => pair.Value.Record.Info.Container.ContainerId == containerId).ToArray())
            {
                EndLocked(id, entry, cause);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _sweep.Dispose();

    private ClaimResult Claim(SessionEntry entry, ClaimRequest request, IRuntimeContainer container)
    {
        var record = With(entry.Record, request);
        var claim = new ClaimResult
        {
            Outcome = ClaimOutcome.Claimed,
            Container = container.Info.Key,
            Streams = record.Info.Streams,
            ContainerTty = container.Info.Spec.Tty,
            StartOffset = StartOf(record, container),
            Epoch = container.Stdio.Output.Epoch,
            InputProducer = record.Info.Streams.Stdin ? Guid.NewGuid() : Guid.Empty,
            ExitStatus = record.ExitStatus,
            StdinOnce = container.Info.Spec.StdinOnce,
            SessionId = record.Info.Key.Id,
            PodNamespace = container.Info.Spec.PodNamespace,
            Delivery = record.Info.Delivery,
            ResumeWindow = request.ResumeId.Length > 0 && _options.MaxSuspended > 0 ? _options.ResumeWindow : TimeSpan.Zero,
        };
        entry.Record = record with
        {
            Info = record.Info with { State = SessionState.Claimed, Gateway = request.Gateway, ClaimedAt = _clock.GetUtcNow() },
            Nonce = request.Nonce,
            ResumeIds = request.ResumeId.Length > 0 ? [request.ResumeId] : [],
            Claim = claim,
        };
        RememberResume(entry.Record);
        entry.RenewedAt = _clock.GetTimestamp();
        _unclaimed--;
        container.MarkAttached();
        container.Stdio.Output.Reserve(claim.StartOffset, SubscribeWithin);
        Admit(entry, container, restored: false);
        entry.Record = entry.Record with { Claim = claim with { Share = ShareOf(entry.Record) } };
        _recorder.Attached(container, entry.Record.Info, claim.StartOffset);
        _journal.Write(entry.Record);
        Log.Claimed(_logger, record.Info.Key.Id, container.Info.Key.ContainerId, request.Gateway);
        return entry.Record.Claim;
    }

    private static SessionRecord With(SessionRecord record, ClaimRequest request)
    {
        var wish = request.Wish;
        var role = wish?.Role == SessionRole.Observer ? SessionRole.Observer : record.Info.Role;
        var delivery = wish is null or { Delivery: Delivery.Unset } ? record.Info.Delivery : wish.Delivery;
        return record with
        {
            Replay = wish?.Replay ?? record.Replay,
            ReplayBytes = wish?.Replay is null ? record.ReplayBytes : wish.ReplayBytes,
            ExitStatus = record.ExitStatus || wish?.ExitStatus == true,
            Info = record.Info with
            {
                Role = role,

                // Who only watches is not to hold anyone up, unless told to.
                Delivery = delivery == Delivery.Unset && role == SessionRole.Observer ? Delivery.NeverBlock : delivery,
                Client = record.Info.Client.Length > 0 ? record.Info.Client : request.Client,
                Address = request.Address,
            },
        };
    }

    private long StartOf(SessionRecord record, IRuntimeContainer container)
    {
        var output = container.Stdio.Output;
        return record.Replay switch
        {
            Replay.Unseen => container.WasAttached ? output.Head : Newest(container, _options.UnseenBytes),
            Replay.Tail => Newest(container, record.ReplayBytes),
            Replay.All => Newest(container, long.MaxValue),
            _ => output.Head,
        };
    }

    private static long Newest(IRuntimeContainer container, long bytes)
    {
        var output = container.Stdio.Output;
        var head = output.Head;
        var kept = Math.Min(output.Tail, output.Archive?.Tail ?? long.MaxValue);
        return Math.Max(kept, bytes >= head ? 0 : head - Math.Max(0, bytes));
    }
}
