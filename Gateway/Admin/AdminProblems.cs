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
        ContainerNotFoundException or SessionNotFoundException or RecordingNotFoundException => Make(StatusCodes.Status404NotFound, "Not found", fault.Message),
        AmbiguousContainerException => Make(StatusCodes.Status409Conflict, "Ambiguous", fault.Message),
        ContainerStateException => Make(StatusCodes.Status409Conflict, "Wrong state", fault.Message),
        AdminFaultException known => Make(known.Status, known.Title, known.Message),
        BadHttpRequestException bad when OfStatus(bad.StatusCode) is { } other => Make(other.Status, other.Title, bad.Message),
        InvalidContainerSpecException or BadHttpRequestException => Make(StatusCodes.Status400BadRequest, "Bad request", Sentence(fault)),
        TooManySessionsException => Make(StatusCodes.Status429TooManyRequests, "Too many sessions", fault.Message),
        NodeUnavailableException or GatewayDrainingException or RecordingFailedException => Make(StatusCodes.Status503ServiceUnavailable, "Unavailable", fault.Message),
        TimeoutException => Make(StatusCodes.Status503ServiceUnavailable, "Unavailable", "a silo did not answer in time"),
        OrleansException => Make(StatusCodes.Status503ServiceUnavailable, "Unavailable", $"no silo could be reached: {fault.Message}"),
        CriAttachException => Make(StatusCodes.Status500InternalServerError, "Runtime failure", fault.Message),
        _ => Make(StatusCodes.Status500InternalServerError, "Gateway failure", "the gateway failed; its log says more"),
    };

    // What the framework says of a body hides the reason in what it wraps.
    private static string Sentence(Exception fault) => fault.InnerException is System.Text.Json.JsonException inner ? $"the body is not understood: {inner.Message}" : fault.Message;

    /// <summary>Answers with a problem.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="problem">The problem.</param>
    public static Task WriteAsync(HttpResponse response, Problem problem)
    {
        response.StatusCode = problem.Status;
        return response.WriteAsJsonAsync(problem, AdminJson.Default.Problem, AdminRoutes.ProblemMediaType);
    }

    /// <summary>The problem of a status that came without a word; none for one that needs none.</summary>
    /// <param name="status">The status.</param>
    public static Problem? OfStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => Make(status, "Not found", "there is nothing at this path"),
        StatusCodes.Status405MethodNotAllowed => Make(status, "Method not allowed", "this path is not for that method"),
        StatusCodes.Status413PayloadTooLarge => Make(status, "Too large", "the body is too large"),
        StatusCodes.Status415UnsupportedMediaType => Make(status, "Unsupported media type", "the body must be application/json"),
        _ => null,
    };

    /// <summary>Makes a problem.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="title">Its kind.</param>
    /// <param name="detail">What was wrong, and what to do.</param>
    public static Problem Make(int status, string title, string detail) => new() { Status = status, Title = title, Detail = detail };
}
