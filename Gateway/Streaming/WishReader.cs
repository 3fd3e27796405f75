using System.Globalization;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Streaming;

/// <summary>Reads what a client asks for beside the protocol: a query parameter of the streaming URL, or a header for those who cannot change the URL.</summary>
internal static class WishReader
{
    private const string TailPrefix = "tail:";

    /// <summary>Reads a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="wish">What it asks for; null for nothing.</param>
    /// <returns>What is wrong with it; null for nothing.</returns>
    public static string? Read(HttpRequest request, out AttachWish? wish)
    {
        var replay = Find(request, "replay", "X-CriAttach-Replay");
        var exitStatus = Find(request, "exitStatus", "X-CriAttach-Exit-Status");
        var delivery = Find(request, "delivery", "X-CriAttach-Delivery");
        var role = Find(request, "role", "X-CriAttach-Role");
        wish = null;
        var parsedReplay = replay is null ? default((Replay, long)?) : ReplayOf(replay);
        if (replay is not null && parsedReplay is null)
        {
            return $"replay is none, unseen, all or tail:BYTES, not '{Clean(replay)}'";
        }

        if (exitStatus is not (null or "0" or "1" or "false" or "true"))
        {
            return $"exitStatus is 1 or 0, not '{Clean(exitStatus)}'";
        }

        if (delivery is not (null or "throttle" or "never-block"))
        {
            return $"delivery is throttle or never-block, not '{Clean(delivery)}'";
        }

        if (role is not (null or "peer" or "observer"))
        {
            return $"role is peer or observer, not '{Clean(role)}'";
        }

        if (replay is not null || exitStatus is not null || delivery is not null || role is not null)
        {
            wish = new AttachWish
            {
                Replay = parsedReplay?.Item1,
                ReplayBytes = parsedReplay?.Item2 ?? 0,
                ExitStatus = exitStatus is "1" or "true",
                Delivery = delivery switch { "throttle" => Delivery.Throttle, "never-block" => Delivery.NeverBlock, _ => Delivery.Unset },
                Role = role == "observer" ? SessionRole.Observer : SessionRole.Peer,
            };
        }

        return null;
    }

    private static string? Find(HttpRequest request, string parameter, string header) =>
        request.Query.TryGetValue(parameter, out var inQuery) ? inQuery.ToString()
        : request.Headers.TryGetValue(header, out var inHeader) ? inHeader.ToString()
        : null;

    private static (Replay, long)? ReplayOf(string text) => text switch
    {
        "none" => (Replay.None, 0),
        "unseen" => (Replay.Unseen, 0),
        "all" => (Replay.All, 0),
        _ when text.StartsWith(TailPrefix, StringComparison.Ordinal)
            && long.TryParse(text.AsSpan(TailPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) => (Replay.Tail, bytes),
        _ => null,
    };

    // It goes back to whoever sent it, as plain text.
    private static string Clean(string text) => new([.. text.Take(40).Select(one => char.IsControl(one) ? '?' : one)]);
}
