using CriAttach.AdminApi;

namespace CriAttach.Gateway.Admin.Events;

/// <summary>Tells which of the sessions that ended did so since the feed last looked.</summary>
internal sealed class EndedSessions
{
    // By node, what it remembered when it last answered.
    private readonly Dictionary<string, HashSet<string>> _known = new(StringComparer.Ordinal);

    /// <summary>Takes what the nodes remember of ended sessions now.</summary>
    /// <param name="ended">The sessions.</param>
    /// <param name="answered">The nodes that answered.</param>
    /// <param name="silent">The nodes that did not. A node that is neither is forgotten.</param>
    /// <param name="wasLive">Tells whether the feed has seen a session live.</param>
    /// <returns>Those that are news. What a node answers first is history, but for what was live a moment ago.</returns>
    public IReadOnlyList<SessionView> Next(
        IEnumerable<SessionView> ended, IReadOnlyCollection<string> answered, IEnumerable<string> silent, Func<SessionView, bool> wasLive)
    {
        foreach (var left in _known.Keys.Except(answered).Except(silent).ToList())
        {
            _known.Remove(left);
        }

        var news = new List<SessionView>();
        var byNode = ended.ToLookup(session => session.Node);
        foreach (var node in answered)
        {
            var known = _known.GetValueOrDefault(node);
            news.AddRange(byNode[node].Where(session => known is null ? wasLive(session) : !known.Contains(session.Id)));
            _known[node] = byNode[node].Select(session => session.Id).ToHashSet(StringComparer.Ordinal);
        }

        return news;
    }
}
