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
    /// <summary>For how long a connection may owe an answer.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

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

    /// <summary>Breaks off each that has owed an answer for longer than <see cref="Limit"/>.</summary>
    /// <returns>How many.</returns>
    public int BreakOffSilent()
    {
        var silent = _open.Keys.Where(connection => connection.OwesFor > Limit).ToList();
        silent.ForEach(connection => connection.BreakOff());
        return silent.Count;
    }
}
