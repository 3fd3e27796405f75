using CriAttach.Gateway.Auth;
using Microsoft.Extensions.Primitives;

namespace CriAttach.Gateway.Admin.Login;

/// <summary>Whose pages may call: the gateway's own, which may log in, and listed ones of others, which must bring the token themselves.</summary>
/// <param name="own">The page's own origins.</param>
/// <param name="listed">Those of others.</param>
internal sealed class AdminOrigins(IEnumerable<string> own, IEnumerable<string> listed)
{
    private readonly OriginCheck _own = new(own);
    private readonly OriginCheck _all = new([.. own, .. listed]);

    /// <summary>Tells whether a request may go on.</summary>
    /// <param name="headers">Its headers.</param>
    public bool Admits(IHeaderDictionary headers) => _all.Admits(headers.Origin);

    /// <summary>Tells whether a request that may go on comes from a page of another origin.</summary>
    /// <param name="headers">Its headers.</param>
    public bool IsForeign(IHeaderDictionary headers) => !_own.Admits(headers.Origin) && !IsHost(headers.Origin, headers.Host);

    // Behind a proxy that keeps the Host header, the page's own origin may stand in the list as well as in AdminBaseUrl.
    private static bool IsHost(StringValues origin, StringValues host) =>
        origin is [{ } one] && host is [{ } address] && Uri.TryCreate(one, UriKind.Absolute, out var url)
        && string.Equals(url.Authority, address, StringComparison.OrdinalIgnoreCase);
}
