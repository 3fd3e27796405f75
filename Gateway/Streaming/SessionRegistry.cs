using System.Collections.Concurrent;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Streaming;

/// <summary>The attach sessions that this gateway serves now, by their keys.</summary>
/// <param name="live">The sessions of all kinds.</param>
internal sealed class SessionRegistry(LiveSessions live)
{
    private readonly ConcurrentDictionary<SessionKey, AttachSession> _sessions = new();

    /// <summary>Gets the sessions.</summary>
    public ICollection<AttachSession> All => _sessions.Values;

    /// <summary>Serves a session for as long as it lasts.</summary>
    /// <param name="session">The session.</param>
    public async Task<EndCause> RunAsync(AttachSession session)
    {
        _sessions.AddOrUpdate(
            session.Key,
            static (_, session) => session,
            static (_, old, session) =>
            {
                // Its client came back before its old connection was known to be broken.
                old.TryEnd(EndCause.Resumed);
                return session;
            },
            session);
        try
        {
            return await live.RunAsync(session);
        }
        finally
        {
            _sessions.TryRemove(new KeyValuePair<SessionKey, AttachSession>(session.Key, session));
        }
    }

    /// <summary>The session of a key, if it is served here.</summary>
    /// <param name="key">The key.</param>
    public AttachSession? Find(SessionKey key) => _sessions.GetValueOrDefault(key);
}
