using CriAttach.Gateway.Auth;

namespace CriAttach.Gateway.Hosting;

/// <summary>What callers of a TCP listener must show.</summary>
/// <param name="admits">Whether a request's headers carry the token.</param>
/// <param name="origins">The web pages that may call.</param>
internal sealed class Door(Func<IHeaderDictionary, bool> admits, OriginCheck origins)
{
    /// <summary>Tells why a request is not let in; 0 when it is.</summary>
    /// <param name="headers">Its headers.</param>
    public int Refusal(IHeaderDictionary headers) =>
        !origins.Admits(headers.Origin) ? StatusCodes.Status403Forbidden
        : !admits(headers) ? StatusCodes.Status401Unauthorized
        : 0;
}
