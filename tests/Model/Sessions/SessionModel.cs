using CriAttach.Grains.Sessions;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Nodes;
using CriAttach.Interfaces.Sessions;
using CriAttach.Model.Tests.Nodes;
using CriAttach.Model.Tests.Simulation;

namespace CriAttach.Model.Tests.Sessions;

/// <summary>What the session table must answer, from rules that fit on one page: each call is carried out on both, and compared.</summary>
internal sealed class SessionModel(Run run, SessionOptions options)
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(1);

    private readonly SortedDictionary<string, ModelSession> _sessions = new(StringComparer.Ordinal);
    private TimeSpan _tableBegan;

    // Those that were interrupted in this call, and how many were suspended before.
    private readonly HashSet<ModelSession> _interrupted = [];
    private int _suspendedBefore;

    private int Suspended => _sessions.Values.Count(session => session.State == SessionState.Suspended);

    private IEnumerable<ModelSession> Unclaimed => _sessions.Values.Where(session => session.State == SessionState.Issued);

    /// <summary>A silo has come to life. What was claimed has the time of a lease again.</summary>
    public void Restarted()
    {
        _tableBegan = run.Now;
        foreach (var session in _sessions.Values)
        {
            session.Renewed = run.Now;
            session.IsForgotten = session.State == SessionState.Ended;
        }
    }

    /// <summary>Time has passed. Once a second the table looks for what has run out.</summary>
    public void Passed(ModelNode node, TimeSpan before)
    {
        if (Math.Floor((run.Now - _tableBegan) / Sweep) > Math.Floor((before - _tableBegan) / Sweep))
        {
            Expire();
            MakeRoom(node, inSweep: true);
        }
    }

    public SessionInfo Open(ModelNode node, string id, ContainerKey container, OpenSessionRequest request)
    {
        var fault = ExpectedFault(id, container);
        SessionInfo? opened = null;
        try
        {
            opened = node.Sessions.Open(node.Agent.Find(container.ContainerId)!, request);
            run.Check(fault is null, $"session {id} was opened; expected {fault?.Name}");
            run.Check(opened.Key.Id == id && opened.Container == container && opened.State == SessionState.Issued, $"session {id} was opened as {opened}");
        }
        catch (Exception thrown)
        {
            run.Check(thrown.GetType() == fault, $"opening session {id} failed with {thrown.GetType().Name}; expected {fault?.Name ?? "success"}");
            throw;
        }
        finally
        {
            MakeRoom(node, inSweep: true);
        }

        if (!_sessions.TryGetValue(id, out var session) || session.IsForgotten)
        {
            _sessions[id] = new ModelSession(container, run.Now + options.TokenTtl);
        }

        return opened;
    }

    public ClaimResult Claim(ModelNode node, string id, ClaimRequest request)
    {
        if (!_sessions.TryGetValue(id, out var session) && _sessions.Values.FirstOrDefault(one => one.IsResumedBy(id)) is { } resumed)
        {
            return ComeBack(node, resumed, id, request);
        }

        var exists = session is not null && node.Agent.Find(session.Container.ContainerId) is not null;
        var claimable = session?.State == SessionState.Issued && exists && run.Now <= session.Expires;
        var answer = node.Sessions.Claim(id, request);
        if (claimable)
        {
            run.Check(answer.Outcome == ClaimOutcome.Claimed && answer.Container == session!.Container, $"the first claim of session {id} was answered with {answer.Outcome}");
            (session!.State, session.Winner, session.Gateway, session.Claim, session.FirstClaim, session.Renewed) =
                (SessionState.Claimed, request.Nonce, request.Gateway, answer, answer, run.Now);
            session.Give(request.ResumeId);
        }
        else if (session?.State is SessionState.Claimed or SessionState.Suspended)
        {
            var same = session.Winner == request.Nonce;
            run.Check(same ? answer == session.Claim : answer.Outcome == ClaimOutcome.AlreadyClaimed, $"{(same ? "the winner's repeated" : "a rival's")} claim of session {id} was answered with {answer.Outcome}");
        }
        else
        {
            run.Check(answer.Outcome == ClaimOutcome.Unknown, $"the claim of session {id}, which is {session?.State.ToString() ?? "unknown"}, was answered with {answer.Outcome}");
            if (session?.State == SessionState.Issued)
            {
                End(session, exists ? EndCause.TokenExpired : EndCause.ContainerRemoved);
            }
        }

        return answer;
    }

    public bool IsAlive(string id) => _sessions.TryGetValue(id, out var session) && session.State != SessionState.Ended;

    /// <summary>A client comes back to its session. The newest token that it was told is good as long as the session lives, if it never used another one.</summary>
    public ClaimResult Resume(ModelNode node, string id, string token, ClaimRequest request, bool mustLive)
    {
        var session = _sessions.GetValueOrDefault(id);
        run.Check(!mustLive || session is null or { State: SessionState.Ended } || session.IsResumedBy(token), $"session {id} is {session?.State}, and its client's newest token is good for nothing");
        return Claim(node, token, request);
    }

    /// <summary>A connection leaves its session. One that was replaced has nothing to say.</summary>
    public void Leave(ModelNode node, string id, Guid connection, EndCause cause)
    {
        _suspendedBefore = Suspended;
        node.Sessions.Leave(id, connection, cause);
        if (_sessions.TryGetValue(id, out var session) && session.State != SessionState.Ended && session.Winner == connection)
        {
            Interrupt(session, cause);
        }

        MakeRoom(node, inSweep: false);
    }

    public EndCause End(ModelNode node, string id, EndCause cause)
    {
        var session = _sessions.GetValueOrDefault(id);
        if (session is not null && session.State != SessionState.Ended)
        {
            End(session, cause);
        }

        var first = session is null || session.IsForgotten ? EndCause.None : session.Cause;
        var answer = node.Sessions.End(id, cause);
        run.Check(answer == first, $"session {id} ended with {answer}; its first cause was {first}");
        return answer;
    }

    public IReadOnlyList<SessionChange> Renew(ModelNode node, SessionLease lease)
    {
        var over = node.Sessions.Renew(lease);
        foreach (var id in lease.Sessions)
        {
            var session = _sessions.GetValueOrDefault(id);
            var told = over.FirstOrDefault(one => one.Session == id);
            if (session is { State: not SessionState.Ended } && session.Gateway != lease.Gateway)
            {
                run.Check(told?.Cause == EndCause.Resumed, $"session {id} goes on at {session.Gateway}, and {lease.Gateway} was told {told?.Cause}");
            }
            else if (session is { State: not SessionState.Ended })
            {
                if (session.State == SessionState.Claimed || session.Cause == EndCause.GatewayLost)
                {
                    (session.State, session.Cause, session.Renewed) = (SessionState.Claimed, EndCause.None, run.Now);
                }

                run.Check(told is null, $"session {id} lives, and its gateway was told {told?.Cause}");
            }
            else
            {
                var cause = session is null || session.IsForgotten ? EndCause.Failed : session.Cause;
                run.Check(told?.Cause == cause, $"session {id} is over by {cause}, and its gateway was told {told?.Cause}");
            }
        }

        return over;
    }

    /// <summary>The other container is removed: its sessions are over.</summary>
    public void EndAll(ModelNode node, ContainerKey container)
    {
        node.Agent.Remove(container.ContainerId);
        node.Sessions.EndAll(container.ContainerId, EndCause.ContainerRemoved);
        foreach (var session in _sessions.Values.Where(session => session.Container == container && session.State != SessionState.Ended))
        {
            End(session, EndCause.ContainerRemoved);
        }
    }

    /// <summary>The table knows exactly the sessions that are alive, and not too many tokens are out.</summary>
    public void Compare(ModelNode node)
    {
        var real = node.Sessions.Sessions.ToDictionary(info => info.Key.Id, info => info.State);
        var alive = _sessions.Where(pair => pair.Value.State != SessionState.Ended).ToList();
        run.Check(Unclaimed.Count() <= options.MaxUnclaimed, $"{Unclaimed.Count()} tokens are out; {options.MaxUnclaimed} are allowed");
        foreach (var (id, session) in alive)
        {
            run.Check(real.TryGetValue(id, out var state) && state == session.State, $"session {id} is {session.State}; the table has {(real.TryGetValue(id, out var other) ? other : "nothing")}");
        }

        run.Check(real.Count == alive.Count, $"the table has {real.Count} sessions; {alive.Count} are alive");
    }

    private Type? ExpectedFault(string id, ContainerKey container)
    {
        if (_sessions.TryGetValue(id, out var session) && !session.IsForgotten)
        {
            return session.State == SessionState.Issued && session.Container == container ? null : typeof(InvalidOperationException);
        }

        if (Unclaimed.Count() >= options.MaxUnclaimed)
        {
            // Before it refuses, the table looks whether tokens have run out since its last sweep.
            Expire();
        }

        return Unclaimed.Count() >= options.MaxUnclaimed ? typeof(TooManySessionsException) : null;
    }

    private ClaimResult ComeBack(ModelNode node, ModelSession session, string token, ClaimRequest request)
    {
        var exists = node.Agent.Find(session.Container.ContainerId) is not null;
        var answer = node.Sessions.Claim(token, request);
        if (session.State != SessionState.Ended && session.Winner == request.Nonce)
        {
            run.Check(answer == session.Claim, $"the repeated claim by {token} was answered differently");
        }
        else if (session.State == SessionState.Ended || request.From is null || !exists)
        {
            run.Check(answer.Outcome == ClaimOutcome.Unknown, $"the claim by {token} of a session that is {session.State} was answered with {answer.Outcome}");
            if (session.State != SessionState.Ended && request.From is not null)
            {
                End(session, EndCause.ContainerRemoved);
            }
        }
        else
        {
            run.Check(answer.Outcome == ClaimOutcome.Claimed && answer.Container == session.Container, $"the claim by {token} was answered with {answer.Outcome}");
            run.Check(answer.InputProducer == Guid.Empty || answer.InputProducer != session.Claim!.InputProducer, $"the claim by {token} got its predecessor's place in the input");
            var first = session.FirstClaim!;
            run.Check(answer.Epoch != first.Epoch || answer.StartOffset >= first.StartOffset, $"the claim by {token} gets output from {answer.StartOffset}; the session began at {first.StartOffset}");
            run.Check(request.From.Epoch != first.Epoch || (answer.Epoch == first.Epoch && answer.StartOffset == Math.Max(first.StartOffset, request.From.Offset)), $"the claim by {token} asked for {request.From.Offset} and gets output from {answer.StartOffset}");
            (session.State, session.Cause, session.Winner, session.Gateway, session.Claim, session.Renewed) =
                (SessionState.Claimed, EndCause.None, request.Nonce, request.Gateway, answer, run.Now);
            session.Use(token, request.ResumeId);
        }

        return answer;
    }

    private void Interrupt(ModelSession session, EndCause cause)
    {
        if (!cause.IsInterruption() || !session.CanResume || options.MaxSuspended == 0)
        {
            End(session, cause);
        }
        else if (session.State != SessionState.Suspended)
        {
            _interrupted.Add(session);
            (session.State, session.Cause, session.Renewed) = (SessionState.Suspended, cause, run.Now);
        }
    }

    /// <summary>Those that had to end for the ones that were interrupted: no more than that takes, and the right one where it was one.</summary>
    private void MakeRoom(ModelNode node, bool inSweep)
    {
        if (_interrupted.Count == 0)
        {
            return;
        }

        var surplus = Math.Max(0, _suspendedBefore + _interrupted.Count - options.MaxSuspended);
        var gone = _sessions.Where(pair => pair.Value.State == SessionState.Suspended && node.Sessions.Find(pair.Key) is null).Select(pair => pair.Value).ToList();
        run.Check(gone.Count <= surplus, $"{gone.Count} suspended sessions ended to make room for {_interrupted.Count} beside {_suspendedBefore}; {options.MaxSuspended} may be");
        if (gone is [var one] && !inSweep)
        {
            var waiting = _sessions.Values.Where(other => other.State == SessionState.Suspended && !_interrupted.Contains(other)).ToLookup(other => other.Container);
            run.Check(waiting.All(others => others.Count() <= waiting[one.Container].Count()), $"to make room a session of {one.Container} ended, which does not have most of them");
            run.Check(waiting[one.Container].All(other => other.Renewed >= one.Renewed), "to make room a session ended that has not waited longest");
        }

        gone.ForEach(session => End(session, session.Cause));
        run.Check(Suspended <= options.MaxSuspended, $"{Suspended} sessions are suspended; {options.MaxSuspended} may be");
        _interrupted.Clear();
    }

    private void Expire()
    {
        _suspendedBefore = Suspended;
        foreach (var session in _sessions.Values)
        {
            if (session.State == SessionState.Issued && run.Now > session.Expires)
            {
                End(session, EndCause.TokenExpired);
            }
            else if (session.State == SessionState.Suspended && run.Now - session.Renewed > options.ResumeWindow)
            {
                End(session, session.Cause);
            }
            else if (session.State == SessionState.Claimed && run.Now - session.Renewed > options.LeaseTimeout)
            {
                Interrupt(session, EndCause.GatewayLost);
            }
        }
    }

    private static void End(ModelSession session, EndCause cause) => (session.State, session.Cause) = (SessionState.Ended, cause);
}
