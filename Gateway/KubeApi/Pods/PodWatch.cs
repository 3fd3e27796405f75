using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CriAttach.Gateway.KubeApi.Json;

namespace CriAttach.Gateway.KubeApi.Pods;

/// <summary>Tells clients what changes, by comparing one moment with the next: all watches of a gateway share the asking.</summary>
/// <param name="feed">The pods.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class PodWatch(PodFeed feed, TimeProvider time, ILogger<PodWatch> logger)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    /// <summary>Serves a watch until its time is over or the client leaves.</summary>
    /// <param name="context">The request.</param>
    /// <param name="query">Which pods.</param>
    /// <exception cref="KubeStatusException">The version to begin at is too old.</exception>
    public async Task RunAsync(HttpContext context, PodQuery query)
    {
        var request = context.Request;
        var version = PodQuery.Number(request, "resourceVersion") ?? 0;
        var known = version == 0 ? [] : ByName(query.Select(feed.Find(version) ?? throw new KubeStatusException(TooOld(version))));
        var wanted = PodQuery.Number(request, "timeoutSeconds") ?? 0;
        var limit = wanted > 0 && wanted < Longest.TotalSeconds ? TimeSpan.FromSeconds(wanted) : Longest;
        using var over = new CancellationTokenSource(limit, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(over.Token, context.RequestAborted);
        var bookmark = PodQuery.Flag(request, "sendInitialEvents");
        context.Response.ContentType = "application/json;stream=watch";
        await context.Response.StartAsync(end.Token);
        try
        {
            var accept = TableAccept.Of(request);
            using var timer = new PeriodicTimer(Period, time);
            do
            {
                var snapshot = await feed.ReadSharedAsync(Period, end.Token);
                known = await TellAsync(context.Response, accept, known, snapshot, query, end.Token);
                if (bookmark)
                {
                    bookmark = false;
                    await BookmarkAsync(context.Response, snapshot.Version, end.Token);
                }
            }
            while (await timer.WaitForNextTickAsync(end.Token));
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // Its time is over; the client begins a new one.
        }
        catch (Exception fault) when (!context.RequestAborted.IsCancellationRequested)
        {
            var status = KubeFaults.Of(fault);
            Log.Failed(logger, status.Message, fault);
            WriteEvent(context.Response, "ERROR", json => StatusJson.Write(json, status));
            await context.Response.BodyWriter.FlushAsync(CancellationToken.None);
        }
    }

    private static Dictionary<(string, string), KubePod> ByName(IEnumerable<KubePod> pods) => pods.ToDictionary(pod => (pod.Namespace, pod.Name));

    private static KubeStatus TooOld(long version) => new(
        StatusCodes.Status410Gone, "Expired", string.Create(CultureInfo.InvariantCulture, $"too old resource version: {version}"));

    private async Task<Dictionary<(string, string), KubePod>> TellAsync(
        HttpResponse response, TableAccept? accept, Dictionary<(string, string), KubePod> known, PodSnapshot snapshot, PodQuery query, CancellationToken cancellationToken)
    {
        var now = ByName(query.Select(snapshot));
        foreach (var (name, pod) in now)
        {
            if (!known.Remove(name, out var before))
            {
                WriteEvent(response, "ADDED", accept, pod);
            }
            else if (before.Uid != pod.Uid)
            {
                WriteEvent(response, "DELETED", accept, before);
                WriteEvent(response, "ADDED", accept, pod);
            }
            else if (before.Stamp != pod.Stamp)
            {
                WriteEvent(response, "MODIFIED", accept, pod);
            }
        }

        foreach (var (name, gone) in known)
        {
            if (snapshot.Unreachable.Contains(gone.Node))
            {
                // Nobody knows; it is not gone because its node is silent.
                now.Add(name, gone);
            }
            else
            {
                WriteEvent(response, "DELETED", accept, gone);
            }
        }

        await response.BodyWriter.FlushAsync(cancellationToken);
        return now;
    }

    private void WriteEvent(HttpResponse response, string type, TableAccept? accept, KubePod pod) => WriteEvent(response, type, json =>
    {
        if (accept is null)
        {
            PodJson.Write(json, pod);
        }
        else
        {
            TableJson.Write(json, accept, PodTable.Columns, [PodTable.Row(pod, time.GetUtcNow())], pod.Version);
        }
    });

    private static void WriteEvent(HttpResponse response, string type, Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(response.BodyWriter))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WritePropertyName("object");
            write(json);
            json.WriteEndObject();
        }

        response.BodyWriter.Write("\n"u8);
    }

    /// <summary>Says that all there was at the beginning has been told.</summary>
    private static async Task BookmarkAsync(HttpResponse response, long version, CancellationToken cancellationToken)
    {
        WriteEvent(response, "BOOKMARK", json =>
        {
            json.WriteStartObject();
            json.WriteString("kind", "Pod");
            json.WriteString("apiVersion", "v1");
            json.WriteStartObject("metadata");
            json.WriteString("resourceVersion", version.ToString(CultureInfo.InvariantCulture));
            json.WriteStartObject("annotations");
            json.WriteString("k8s.io/initial-events-end", "true");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        });
        await response.BodyWriter.FlushAsync(cancellationToken);
    }
}
