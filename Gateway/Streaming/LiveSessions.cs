using System.Collections.Concurrent;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Streaming;

/// <summary>All sessions of all kinds that this gateway serves now.</summary>
internal sealed class LiveSessions
{
    private readonly ConcurrentDictionary<ILiveSession, byte> _sessions = new(ReferenceEqualityComparer.Instance);

    private volatile bool _draining;

    /// <summary>Serves a session for as long as it lasts.</summary>
    /// <param name="session">The session.</param>
    public async Task<EndCause> RunAsync(ILiveSession session)
    {
        _sessions[session] = 0;
        if (_draining)
        {
            session.TryEnd(EndCause.GatewayDraining);
        }

        try
        {
            return await session.RunAsync();
        }
        finally
        {
            _sessions.TryRemove(session, out _);
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

    /// <summary>Ends all sessions, and those that still come: the gateway stops.</summary>
    public void Drain()
    {
        _draining = true;
        foreach (var (session, _) in _sessions)
        {
            session.TryEnd(EndCause.GatewayDraining);
        }
    }
}
