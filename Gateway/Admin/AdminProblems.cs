using CriAttach.AdminApi;
using CriAttach.Gateway.Streaming;
using CriAttach.Interfaces.Faults;

namespace CriAttach.Gateway.Admin;

/// <summary>The one place where faults become answers of the admin API.</summary>
internal static class AdminProblems
{
    /// <summary>The answer to a fault.</summary>
    /// <param name="fault">The fault.</param>
    public static Problem Of(Exception fault) => fault switch
    {
        ContainerNotFoundException or RecordingNotFoundException => Make(StatusCodes.Status404NotFound, "Not found", fault.Message),
        AmbiguousContainerException => Make(StatusCodes.Status409Conflict, "Ambiguous", fault.Message),
        ContainerStateException => Make(StatusCodes.Status409Conflict, "Wrong state", fault.Message),
        InvalidContainerSpecException or BadHttpRequestException => Make(StatusCodes.Status400BadRequest, "Bad request", fault.Message),
        TooManySessionsException => Make(StatusCodes.Status429TooManyRequests, "Too many sessions", fault.Message),
        NodeUnavailableException or GatewayDrainingException or RecordingFailedException => Make(StatusCodes.Status503ServiceUnavailable, "Unavailable", fault.Message),
        TimeoutException => Make(StatusCodes.Status503ServiceUnavailable, "Unavailable", "a silo did not answer in time"),
        OrleansException => Make(StatusCodes.Status503ServiceUnavailable, "Unavailable", $"no silo could be reached: {fault.Message}"),
        CriAttachException => Make(StatusCodes.Status500InternalServerError, "Runtime failure", fault.Message),
        _ => Make(StatusCodes.Status500InternalServerError, "Gateway failure", "the gateway failed; its log says more"),
    };

    /// <summary>Answers with a problem.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="problem">The problem.</param>
    public static Task WriteAsync(HttpResponse response, Problem problem)
    {
        response.StatusCode = problem.Status;
        return response.WriteAsJsonAsync(problem, AdminJson.Default.Problem, AdminRoutes.ProblemMediaType);
    }

    private static Problem Make(int status, string title, string detail) => new() { Status = status, Title = title, Detail = detail };
}
