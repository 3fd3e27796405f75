using CriAttach.AdminApi;
using CriAttach.Gateway.Auth;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Net.Http.Headers;

namespace CriAttach.Gateway.Admin.Login;

/// <summary>
/// What callers of the admin API's TCP listener must show, before anything else looks at the request: an origin from the list, where a browser sends one; then the token,
/// or the page's login.
/// </summary>
/// <param name="listener">The listener.</param>
/// <param name="brake">Slows down who guesses.</param>
/// <param name="files">The login page.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class AdminDoor(IAdminListener listener, GuessBrake brake, LoginFiles files, TimeProvider time, ILogger<AdminDoor> logger)
{
    // A login is a few hundred bytes, and nobody has proved anything yet.
    private const int MaxLoginBody = 4096;

    private static readonly MinDataRate LoginPace = new(bytesPerSecond: 100, gracePeriod: TimeSpan.FromSeconds(5));

    private static readonly string[] Open = [HealthEndpoints.Alive, HealthEndpoints.Ready, LoginFiles.Script, LoginFiles.Style];

    private readonly Lazy<AdminOrigins> _origins = new(() => new AdminOrigins(listener.Own, listener.Listed));
    private readonly BearerToken? _token = listener.Token;
    private readonly LoginCookie? _cookie = listener.Token is { } token ? new LoginCookie(token, time) : null;

    /// <summary>Lets a request in, or answers it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">What is behind the door.</param>
    public async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        var (request, response) = (context.Request, context.Response);
        AdminHeaders.Set(response.Headers);
        if (!_origins.Value.Admits(request.Headers))
        {
            await RefuseAsync(response, StatusCodes.Status403Forbidden, "this web page's origin may not call: AdminOrigins lists those that may");
            return;
        }

        var isForeign = _origins.Value.IsForeign(request.Headers);
        if (isForeign)
        {
            AdminCors.Allow(context);
            if (AdminCors.IsPreflight(request))
            {
                AdminCors.AnswerPreflight(response);
                return;
            }
        }

        if (IsRead(request) && Open.Contains(request.Path.Value, StringComparer.Ordinal))
        {
            context.Features.Set(new AdminCaller(Csrf: null) { IsStranger = true });
            await next(context);
        }
        else if (HttpMethods.IsPost(request.Method) && request.Path.Value == AdminRoutes.Login)
        {
            await LoginAsync(context, isForeign, next);
        }
        else if (await AdmitAsync(context, isForeign) is { } caller)
        {
            context.Features.Set(caller);

            // The proof was for us; what stands behind the gateway must not see it.
            request.Headers.Remove(HeaderNames.Authorization);
            request.Headers.Remove(HeaderNames.Cookie);
            await next(context);
        }
    }

    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private static Task RefuseAsync(HttpResponse response, int status, string detail) =>
        AdminProblems.WriteAsync(response, AdminProblems.Make(status, status == StatusCodes.Status403Forbidden ? "Forbidden" : "Too many attempts", detail));

    private static async Task LoginAsync(HttpContext context, bool isForeign, RequestDelegate next)
    {
        if (context.Request.Headers.Origin.Count == 0 || isForeign)
        {
            await RefuseAsync(context.Response, StatusCodes.Status403Forbidden, "only the gateway's own page logs in; other callers send the token with each request");
            return;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
        {
            body.MaxRequestBodySize = MaxLoginBody;
        }

        // The listeners set no pace for bodies, for sessions may be slow. A login may not.
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } pace)
        {
            pace.MinDataRate = LoginPace;
        }

        await next(context);
    }

    /// <summary>Looks at what a request shows.</summary>
    /// <returns>Who calls; none when the request is answered.</returns>
    private async Task<AdminCaller?> AdmitAsync(HttpContext context, bool isForeign)
    {
        var (request, response) = (context.Request, context.Response);
        if (BearerToken.IsShown(request.Headers.Authorization))
        {
            if (await IsBrakedAsync(context))
            {
                return null;
            }

            if (_token?.Admits(request.Headers.Authorization) == true)
            {
                return new AdminCaller(Csrf: null);
            }

            NoteWrong(context);
        }
        else if (!isForeign && IsOwnFetch(request.Headers) && _cookie?.Read(request.Cookies[LoginCookie.Name]) is { } csrf)
        {
            if (IsRead(request) || LoginCookie.IsCsrf(request.Headers[AdminRoutes.CsrfHeader], csrf))
            {
                return new AdminCaller(csrf);
            }

            await RefuseAsync(response, StatusCodes.Status403Forbidden, $"changes by a login need the header {AdminRoutes.CsrfHeader}: GET {AdminRoutes.Me} tells its value");
            return null;
        }

        await AskAsync(context);
        return null;
    }

    // Where browsers tell who makes a request, pages of the same site on another port are strangers too.
    private static bool IsOwnFetch(IHeaderDictionary headers) => (string?)headers["Sec-Fetch-Site"] is null or "same-origin" or "none";

    /// <summary>Answers an attempt to log in.</summary>
    /// <param name="context">The request.</param>
    /// <param name="isSecret">Tells whether what it shows is good.</param>
    public async Task AnswerLoginAsync(HttpContext context, Func<bool> isSecret)
    {
        if (await IsBrakedAsync(context))
        {
            return;
        }

        if (_cookie is null || !isSecret())
        {
            NoteWrong(context);
            await AdminProblems.WriteAsync(context.Response, AdminProblems.Make(
                StatusCodes.Status401Unauthorized, "Unauthorized", "this is not the token, and no ticket that is still good"));
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Cookies.Append(LoginCookie.Name, _cookie.Issue(), CookieOptions(context, LoginCookie.Life));
    }

    /// <summary>Makes a browser forget its login.</summary>
    /// <param name="context">The request.</param>
    public void Forget(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Cookies.Append(LoginCookie.Name, "", CookieOptions(context, TimeSpan.Zero));
    }

    private CookieOptions CookieOptions(HttpContext context, TimeSpan life) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = life,
        Path = "/",
        SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Strict,
        Secure = context.Request.IsHttps || listener.IsSecure,
    };

    private async Task<bool> IsBrakedAsync(HttpContext context)
    {
        var wait = brake.Wait(context.Connection.RemoteIpAddress);
        if (wait == TimeSpan.Zero)
        {
            return false;
        }

        context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        await RefuseAsync(context.Response, StatusCodes.Status429TooManyRequests, "too many wrong secrets came from this address: wait as long as Retry-After says");
        return true;
    }

    private void NoteWrong(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        brake.Wrong(address);
        if (brake.Wait(address) > TimeSpan.Zero)
        {
            Log.Guessing(logger, address);
        }
    }

    private Task AskAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return IsRead(context.Request) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? files.AnswerPageAsync(context)
            : AdminProblems.WriteAsync(context.Response, AdminProblems.Make(
                StatusCodes.Status401Unauthorized, "Unauthorized", "show the token of AdminTokenFile as a bearer token, or log in with the page"));
    }
}
