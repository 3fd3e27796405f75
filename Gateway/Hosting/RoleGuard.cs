namespace CriAttach.Gateway.Hosting;

/// <summary>Keeps the routes of each listener to that listener.</summary>
/// <param name="next">The rest of the pipeline.</param>
internal sealed class RoleGuard(RequestDelegate next)
{
    /// <summary>Handles a request.</summary>
    /// <param name="context">The request.</param>
    public Task InvokeAsync(HttpContext context)
    {
        var role = context.Features.Get<ListenerFeature>()?.Role;
        if (context.GetEndpoint() is { } endpoint
            && (role is null || endpoint.Metadata.GetMetadata<RoleMetadata>()?.Roles.Contains(role.Value) != true))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        return next(context);
    }
}
