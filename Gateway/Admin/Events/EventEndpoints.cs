using CriAttach.AdminApi;

namespace CriAttach.Gateway.Admin.Events;

/// <summary>The feed over HTTP.</summary>
/// <param name="feed">The feed.</param>
/// <param name="lifetime">When the gateway stops.</param>
/// <param name="logger">The log.</param>
internal sealed partial class EventEndpoints(LiveFeed feed, IHostApplicationLifetime lifetime, ILogger<EventEndpoints> logger) : IAdminEndpoints
{
    private const string MediaType = "text/event-stream";

    private const string Text = """
        First everything there is, then what changes; who connects again is told everything again. Events and their data:
        hello (FeedHello); nodes (NodeList, whole, every 2 s); containers (ContainerChanges); sessions (SessionChanges; one that ended comes once more, with its cause);
        synced ({}, once, when everything was told); gateway (GatewayView, every 2 s). A comment line comes every 15 s.
        A client that leaves more than 4 MiB unread is cut.
        """;

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(AdminRoutes.Events, (Delegate)ListenAsync)
            .Describe("listenEvents", "events", "Tells what there is and what changes, as server-sent events", Text)
            .Produces<string>(StatusCodes.Status200OK, MediaType)
            .Faults(StatusCodes.Status429TooManyRequests);

    private async Task ListenAsync(HttpContext context)
    {
        feed.Enter();
        FeedListener? listener = null;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            var response = context.Response;
            response.ContentType = MediaType;
            response.Headers.CacheControl = "no-store";

            // Proxies that collect answers before they pass them on would collect for ever.
            response.Headers["X-Accel-Buffering"] = "no";
            await response.BodyWriter.WriteAsync(feed.Hello, end.Token);
            listener = feed.Listen();
            await listener.SendAsync(response.BodyWriter, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested || listener?.IsTooSlow == true)
        {
            // The client left or is too slow, or the gateway stops: the feed has no other end.
        }
        finally
        {
            feed.Leave(listener);
            if (listener?.IsTooSlow == true)
            {
                Log.TooSlow(logger, FeedListener.MaxWaiting);
                context.Abort();
            }

            listener?.Dispose();
        }
    }
}
