using System.Globalization;
using CriAttach.Interfaces.Logs;

namespace CriAttach.Gateway.KubeApi.Pods;

/// <summary>What a client wants of a log (<c>v1 PodLogOptions</c>).</summary>
/// <param name="Container">The container; empty for the only one.</param>
/// <param name="Follow">Whether to wait for more.</param>
/// <param name="Previous">Whether the container before is meant.</param>
/// <param name="LimitBytes">The most bytes; none for all.</param>
/// <param name="First">What to ask the node first.</param>
internal sealed record PodLogOptions(string Container, bool Follow, bool Previous, long? LimitBytes, LogRequest First)
{
    /// <summary>Reads a request, with an API server's checks and words.</summary>
    /// <param name="request">The request.</param>
    /// <param name="pod">The pod's name.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="KubeStatusException">It asks for what cannot be.</exception>
    public static PodLogOptions Of(HttpRequest request, string pod, DateTimeOffset now)
    {
        var tail = AtLeast(request, pod, "tailLines", 0, "must be greater than or equal to 0");
        var limit = AtLeast(request, pod, "limitBytes", 1, "must be greater than 0");
        var seconds = AtLeast(request, pod, "sinceSeconds", 1, "must be greater than 0");
        var time = Time(request);
        if (seconds is not null && time is not null)
        {
            throw Invalid(pod, "<nil>: Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified");
        }

        return new PodLogOptions(
            request.Query["container"].ToString(),
            PodQuery.Flag(request, "follow"),
            PodQuery.Flag(request, "previous"),
            limit,
            new LogRequest
            {
                TailLines = tail,
                Since = seconds is { } ago ? Before(now, ago) : time,
                Timestamps = PodQuery.Flag(request, "timestamps"),
            });
    }

    private static long? AtLeast(HttpRequest request, string pod, string name, long least, string rule) =>
        PodQuery.Number(request, name) is not { } number ? null
        : number >= least ? number
        : throw Invalid(pod, string.Create(CultureInfo.InvariantCulture, $"{name}: Invalid value: {number}: {rule}"));

    private static DateTimeOffset? Time(HttpRequest request)
    {
        var text = request.Query["sinceTime"].ToString();
        return text.Length == 0 ? null
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
            : throw new KubeStatusException(KubeStatus.BadRequest($"sinceTime must be a time as RFC 3339 says: '{text}'"));
    }

    private static DateTimeOffset Before(DateTimeOffset now, long seconds) =>
        seconds < (now - DateTimeOffset.UnixEpoch).TotalSeconds ? now.AddSeconds(-seconds) : DateTimeOffset.UnixEpoch;

    private static KubeStatusException Invalid(string pod, string fault) => new(KubeStatus.Invalid("PodLogOptions", pod, fault));
}
