using CriAttach.AdminApi;

namespace CriAttach.Gateway.Admin.Events;

/// <summary>Tells which of the sessions that ended did so since the feed last looked.</summary>
internal sealed class EndedSessions
{
    private HashSet<FeedName>? _known;

    /// <summary>Takes what the nodes remember of ended sessions now.</summary>
    /// <param name="ended">The sessions.</param>
    /// <param name="silent">The nodes that did not answer.</param>
    /// <returns>Those that are news; none the first time, when all of them are history.</returns>
    public IReadOnlyList<SessionView> Next(IReadOnlyList<SessionView> ended, IReadOnlyCollection<string> silent)
    {
        var known = _known;
        _known = [.. ended.Select(FeedNames.Of), .. (known ?? []).Where(name => silent.Contains(name.Node))];
        return known is null ? [] : [.. ended.Where(session => !known.Contains(FeedNames.Of(session)))];
    }
}
