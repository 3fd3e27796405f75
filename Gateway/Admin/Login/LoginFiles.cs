namespace CriAttach.Gateway.Admin.Login;

/// <summary>The files of the login page. They are all that a stranger may load.</summary>
internal sealed class LoginFiles
{
    /// <summary>The path of the script.</summary>
    public const string Script = "/login.js";

    /// <summary>The path of the style sheet.</summary>
    public const string Style = "/login.css";

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private readonly byte[] _page = Read("login.html");
    private readonly byte[] _script = Read("login.js");
    private readonly byte[] _style = Read("login.css");

    /// <summary>Maps the files.</summary>
    /// <param name="routes">Where to.</param>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Script, context => AnswerAsync(context, "text/javascript; charset=utf-8", _script));
        routes.MapGet(Style, context => AnswerAsync(context, "text/css; charset=utf-8", _style));
    }

    /// <summary>Asks for a login, in place of what was asked for.</summary>
    /// <param name="context">The request.</param>
    public Task AnswerPageAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.ContentSecurityPolicy = Policy;
        return AnswerAsync(context, "text/html; charset=utf-8", _page);
    }

    private static async Task AnswerAsync(HttpContext context, string type, byte[] content)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
        }
    }

    private static byte[] Read(string name)
    {
        using var resource = typeof(LoginFiles).Assembly.GetManifestResourceStream($"{typeof(LoginFiles).Namespace}.{name}")
            ?? throw new InvalidOperationException($"{name} was not built in");
        using var copy = new MemoryStream();
        resource.CopyTo(copy);
        return copy.ToArray();
    }
}
