namespace CriAttach.Gateway.Hosting;

/// <summary>Keeps the routes of each listener to that listener.</summary>
/// <param name="next">The rest of the pipeline.</param>
internal sealed class RoleGuard(RequestDelegate next)
{
    private const string Api = "/api";

    /// <summary>Handles a request.</summary>
    /// <param name="context">The request.</param>
    public Task InvokeAsync(HttpContext context)
    {
        var role = context.Features.Get<ListenerFeature>()?.Role;
        if (context.GetEndpoint() is { } endpoint
            && (role is null || endpoint.Metadata.GetMetadata<RoleMetadata>()?.Roles.Contains(role.Value) != true)
            && !IsRefusal(endpoint, role, context.Request.Path))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        return next(context);
    }

    // Routing makes up endpoints of its own to say that a method or a body's type is wrong: the admin API's callers are told.
    private static bool IsRefusal(Endpoint endpoint, ListenerRole? role, PathString path) =>
        endpoint.Metadata.GetMetadata<RoleMetadata>() is null && role is (ListenerRole.Admin or ListenerRole.AdminTcp) && path.StartsWithSegments(Api, StringComparison.Ordinal);
}
