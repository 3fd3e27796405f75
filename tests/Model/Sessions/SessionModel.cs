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
    public void Passed(TimeSpan before)
    {
        if (Math.Floor((run.Now - _tableBegan) / Sweep) > Math.Floor((before - _tableBegan) / Sweep))
        {
            Expire();
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

        if (!_sessions.TryGetValue(id, out var session) || session.IsForgotten)
        {
            _sessions[id] = new ModelSession(container, run.Now + options.TokenTtl);
        }

        return opened;
    }

    public ClaimResult Claim(ModelNode node, string id, ClaimRequest request)
    {
        var session = _sessions.GetValueOrDefault(id);
        var exists = session is not null && node.Agent.Find(session.Container.ContainerId) is not null;
        var claimable = session?.State == SessionState.Issued && exists && run.Now <= session.Expires;
        var answer = node.Sessions.Claim(id, request);
        if (claimable)
        {
            run.Check(answer.Outcome == ClaimOutcome.Claimed && answer.Container == session!.Container, $"the first claim of session {id} was answered with {answer.Outcome}");
            (session!.State, session.Winner, session.Claim, session.Renewed) = (SessionState.Claimed, request.Nonce, answer, run.Now);
        }
        else if (session?.State == SessionState.Claimed)
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
            if (session is { State: not SessionState.Ended })
            {
                session.Renewed = run.Now;
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

    private void Expire()
    {
        foreach (var session in _sessions.Values)
        {
            if (session.State == SessionState.Issued && run.Now > session.Expires)
            {
                End(session, EndCause.TokenExpired);
            }
            else if (session.State == SessionState.Claimed && run.Now - session.Renewed > options.LeaseTimeout)
            {
                End(session, EndCause.GatewayLost);
            }
        }
    }

    private static void End(ModelSession session, EndCause cause) => (session.State, session.Cause) = (SessionState.Ended, cause);
}
