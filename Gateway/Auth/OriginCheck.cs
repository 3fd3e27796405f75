using Microsoft.Extensions.Primitives;

namespace CriAttach.Gateway.Auth;

/// <summary>Which web pages may call. A caller without an Origin is no browser, or a page of the same origin that only reads.</summary>
/// <param name="allowed">The origins that may.</param>
internal sealed class OriginCheck(IEnumerable<string> allowed)
{
    private readonly HashSet<string> _allowed = new(allowed.Select(origin => origin.TrimEnd('/')), StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets the check that admits no web page.</summary>
    public static OriginCheck None { get; } = new([]);

    /// <summary>Tells whether a request may go on.</summary>
    /// <param name="origin">The lines of the <c>Origin</c> header.</param>
    public bool Admits(StringValues origin) =>
        origin.Count == 0 || (origin is [{ } one] && _allowed.Contains(one.TrimEnd('/')));
}
