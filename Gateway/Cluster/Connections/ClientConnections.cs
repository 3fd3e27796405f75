using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace CriAttach.Gateway.Cluster.Connections;

/// <summary>
/// The connections of one client. One whose other end is out of reach looks alive: TCP sends again at intervals that double, and finds a network that
/// is whole again up to a minute late. Who has waited for an answer in vain says so; then what has heard nothing either is broken off, and the client
/// connects anew.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class ClientConnections(TimeProvider time)
{
    /// <summary>For how long a connection may owe an answer: longer than a membership store that is down keeps a silo from giving one.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(6);

    /// <summary>How long one that owes too much has yet: where this process itself stood still, the answer has come and only has to be read.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<WatchedConnection, byte> _open = new();

    /// <summary>Watches what a client connects to.</summary>
    /// <param name="connections">How the client's connections are made.</param>
    public void Watch(IConnectionBuilder connections) => connections.Use(next => async connection =>
    {
        var watched = new WatchedConnection(connection, time);
        _open.TryAdd(watched, 0);
        try
        {
            await next(connection);
        }
        finally
        {
            _open.TryRemove(watched, out _);
        }
    });

    /// <summary>
    /// Breaks off each that has owed an answer for longer than <see cref="Limit"/>, and was asked again since: a call that lasts is no reason, if
    /// nothing else stays unanswered.
    /// </summary>
    /// <returns>How many.</returns>
    public async Task<int> BreakOffSilentAsync()
    {
        var silent = _open.Keys.Select(connection => (Connection: connection, Debt: connection.Debt)).Where(one => one.Debt.IsOlderThan(Limit)).ToList();
        if (silent.Count == 0)
        {
            return 0;
        }

        await Task.Delay(Grace, time);
        return silent.Count(one => _open.ContainsKey(one.Connection) && one.Connection.TryBreakOff(one.Debt));
    }
}
