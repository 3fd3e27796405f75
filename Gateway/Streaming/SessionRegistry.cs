using System.Collections.Concurrent;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Streaming;

/// <summary>The sessions that this gateway serves now.</summary>
internal sealed class SessionRegistry
{
    private readonly ConcurrentDictionary<SessionKey, AttachSession> _sessions = new();

    private volatile bool _draining;

    /// <summary>Gets the sessions.</summary>
    public ICollection<AttachSession> All => _sessions.Values;

    /// <summary>Serves a session for as long as it lasts.</summary>
    /// <param name="session">The session.</param>
    public async Task<EndCause> RunAsync(AttachSession session)
    {
        _sessions[session.Key] = session;
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
            _sessions.TryRemove(new KeyValuePair<SessionKey, AttachSession>(session.Key, session));
        }
    }

    /// <summary>Ends all sessions, and those that still come: the gateway stops.</summary>
    public void Drain()
    {
        _draining = true;
        foreach (var session in _sessions.Values)
        {
            session.TryEnd(EndCause.GatewayDraining);
        }
    }

    /// <summary>The session of a key, if it is served here.</summary>
    /// <param name="key">The key.</param>
    public AttachSession? Find(SessionKey key) => _sessions.GetValueOrDefault(key);
}
