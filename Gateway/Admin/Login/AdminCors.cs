using Microsoft.Net.Http.Headers;

namespace CriAttach.Gateway.Admin.Login;

/// <summary>What listed pages of other origins may do (Fetch standard, section 3.3): call with the token in their hands. Cookies are not for them.</summary>
internal static class AdminCors
{
    private const string MaxAgeSeconds = "600";

    /// <summary>Lets a page read the answer.</summary>
    /// <param name="context">The request.</param>
    public static void Allow(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = context.Request.Headers.Origin;
        headers.AccessControlExposeHeaders = $"{HeaderNames.Location}, {HeaderNames.ContentDisposition}, {HeaderNames.RetryAfter}";
    }

    /// <summary>Tells whether a browser asks what a page may send.</summary>
    /// <param name="request">The request.</param>
    public static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.AccessControlRequestMethod.Count > 0;

    /// <summary>Answers what a page may send.</summary>
    /// <param name="response">The answer.</param>
    public static void AnswerPreflight(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.AccessControlAllowMethods = "GET, POST, DELETE";
        response.Headers.AccessControlAllowHeaders = $"{HeaderNames.Authorization}, {HeaderNames.ContentType}";
        response.Headers.AccessControlMaxAge = MaxAgeSeconds;
    }
}
