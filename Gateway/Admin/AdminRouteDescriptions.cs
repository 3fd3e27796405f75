using CriAttach.AdminApi;

namespace CriAttach.Gateway.Admin;

/// <summary>What the description of the API for programs says of a route.</summary>
internal static class AdminRouteDescriptions
{
    /// <summary>Names and describes a route.</summary>
    /// <param name="route">The route.</param>
    /// <param name="name">The name of the operation, as clients that are generated call it.</param>
    /// <param name="tag">What it belongs to.</param>
    /// <param name="summary">What it does.</param>
    /// <param name="description">What else there is to know.</param>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string name, string tag, string summary, string description = "")
    {
        route.WithName(name).WithTags(tag).WithSummary(summary);
        return description.Length > 0 ? route.WithDescription(description) : route;
    }

    /// <summary>Says which problems a route answers with, beside those of the door.</summary>
    /// <param name="route">The route.</param>
    /// <param name="statuses">Their statuses.</param>
    public static RouteHandlerBuilder Faults(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in (int[])[.. statuses, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden])
        {
            route.Produces<Problem>(status, AdminRoutes.ProblemMediaType);
        }

        return route;
    }
}
