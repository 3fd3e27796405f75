using CriAttach.AdminApi;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Admin;

/// <content>Sessions: who is attached to what, who may type, and the end of it.</content>
internal sealed partial class AdminEndpoints
{
    private const int MaxMessage = 256;

    private async Task ListSessionsAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var state = AdminViews.SessionStateOf(query[AdminRoutes.StateQuery]);
        string? node = query[AdminRoutes.NodeQuery], container = query[AdminRoutes.ContainerQuery];
        var sessions = state == SessionState.Ended
            ? await queries.ListEndedSessionsAsync(node, context.RequestAborted)
            : await queries.ListSessionsAsync(node, context.RequestAborted);
        var answer = new SessionList
        {
            Sessions = [.. sessions.Items
                .Where(session => (state is null || session.State == state) && (string.IsNullOrEmpty(container) || session.Container.ContainerId == container))
                .Select(AdminViews.Of)],
            UnreachableNodes = sessions.Unreachable,
        };
        await context.Response.WriteAsJsonAsync(answer, AdminJson.Default.SessionList);
    }

    private async Task EndSessionAsync(HttpContext context)
    {
        var message = context.Request.Query[AdminRoutes.MessageQuery].ToString();
        if (message.Length > MaxMessage || message.Any(char.IsControl))
        {
            throw new BadHttpRequestException($"message is one line of at most {MaxMessage} characters");
        }

        var session = SessionOf(context);
        if (!await queries.EndSessionAsync(session, message))
        {
            throw new SessionNotFoundException($"there is no session {session.Id} on node {session.Node}, or it is over");
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task HoldInputAsync(HttpContext context)
    {
        var body = await ReadAsync(context, AdminJson.Default.InputBody);
        var session = SessionOf(context);
        var info = await queries.HoldInputAsync(session, body.Hold)
            ?? throw new SessionNotFoundException($"there is no session {session.Id} on node {session.Node}, or it is over");
        await context.Response.WriteAsJsonAsync(AdminViews.Of(info), AdminJson.Default.SessionView);
    }

    private static SessionKey SessionOf(HttpContext context) => SessionKey.For(
        (string)context.Request.RouteValues[AdminRoutes.NodeParameter]!, (string)context.Request.RouteValues[AdminRoutes.SessionParameter]!);
}
