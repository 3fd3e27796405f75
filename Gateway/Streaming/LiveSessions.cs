using System.Collections.Concurrent;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Streaming;

/// <summary>All sessions of all kinds that this gateway serves now.</summary>
internal sealed class LiveSessions
{
    private readonly ConcurrentDictionary<ILiveSession, byte> _sessions = new(ReferenceEqualityComparer.Instance);

    private readonly TaskCompletionSource _emptied = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _draining;
    private volatile bool _ending;

    /// <summary>Gets a value indicating whether the gateway is about to stop and takes no new sessions.</summary>
    public bool IsDraining => _draining;

    /// <summary>Gets the number of sessions.</summary>
    public int Count => _sessions.Count;

    /// <summary>Serves a session for as long as it lasts.</summary>
    /// <param name="session">The session.</param>
    public async Task<EndCause> RunAsync(ILiveSession session)
    {
        _sessions[session] = 0;
        if (_ending)
        {
            session.TryEnd(EndCause.GatewayDraining);
        }
        else if (_draining)
        {
            _ = session.MoveAsync();
        }

        try
        {
            return await session.RunAsync();
        }
        finally
        {
            _sessions.TryRemove(session, out _);
            TellIfEmpty();
        }
    }

    /// <summary>Ends the sessions on which nothing has moved for long.</summary>
    /// <param name="limit">How long.</param>
    public void EndIdle(TimeSpan limit)
    {
        foreach (var (session, _) in _sessions)
        {
            if (session.IdleFor > limit)
            {
                session.TryEnd(EndCause.IdleTimeout);
            }
        }
    }

    /// <summary>From now on there are to be no new sessions, and those that can go elsewhere are asked to.</summary>
    /// <returns>Completes when there is none left.</returns>
    public Task DrainAsync()
    {
        _draining = true;
        foreach (var (session, _) in _sessions)
        {
            _ = session.MoveAsync();
        }

        TellIfEmpty();
        return _emptied.Task;
    }

    /// <summary>Ends all sessions, and those that still come: the gateway stops.</summary>
    public void EndAll()
    {
        _ending = true;
        foreach (var (session, _) in _sessions)
        {
            session.TryEnd(EndCause.GatewayDraining);
        }
    }

    private void TellIfEmpty()
    {
        if (_draining && _sessions.IsEmpty)
        {
            _emptied.TrySetResult();
        }
    }
}
