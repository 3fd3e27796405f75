using Microsoft.Net.Http.Headers;

namespace CriAttach.Gateway.Admin.Page;

/// <summary>Serves the dashboard to those who were let in.</summary>
internal sealed class PageFiles
{
    private const string NotBuilt = """
        This gateway was built without the dashboard. Build it, and then the gateway again:

          npm --prefix Dashboard ci && npm --prefix Dashboard run build
          dotnet build Gateway -c Release

        The admin API does not need it: see /api/v1/openapi.json.

        """;

    private readonly RequestDelegate _next;
    private readonly PageFolder _folder;
    private readonly Lazy<string> _policy;

    /// <summary>Reads nothing yet: where terminals are opened is known when the listeners are open.</summary>
    /// <param name="next">The rest of the pipeline.</param>
    /// <param name="folder">The page.</param>
    /// <param name="streams">Where it opens terminals.</param>
    public PageFiles(RequestDelegate next, PageFolder folder, IStreamOrigins streams)
    {
        (_next, _folder) = (next, folder);
        _policy = new Lazy<string>(() => PagePolicy.Of(streams.All));
    }

    /// <summary>Handles a request.</summary>
    /// <param name="context">The request.</param>
    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            return _next(context);
        }

        return _folder.Find(path) is { } file ? AnswerAsync(context, file)
            : path == "/" && !_folder.IsBuilt ? SayNotBuiltAsync(context.Response)
            : _next(context);
    }

    private static Task SayNotBuiltAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync(NotBuilt);
    }

    private async Task AnswerAsync(HttpContext context, PageFile file)
    {
        var response = context.Response;
        var zipped = context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase) ? file.Zipped : null;
        var content = zipped ?? file.Content;
        response.ContentType = file.ContentType;
        response.ContentLength = content.Length;
        response.Headers.ContentSecurityPolicy = _policy.Value;
        response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        if (file.IsForever)
        {
            response.Headers.CacheControl = "private, max-age=31536000, immutable";
        }

        if (zipped is not null)
        {
            response.Headers.ContentEncoding = "gzip";
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(content, context.RequestAborted);
        }
    }
}
