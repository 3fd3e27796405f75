namespace CriAttach.Gateway.Admin.Page;

/// <summary>What the page may load (Content Security Policy, level 3).</summary>
internal static class PagePolicy
{
    /// <summary>The policy of the page.</summary>
    /// <param name="streams">The origins where it opens its terminals.</param>
    /// <remarks>Styles may be inline: xterm.js writes the sizes and colours of its cells into style elements. Scripts never may.</remarks>
    public static string Of(IEnumerable<string> streams) => string.Join("; ",
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        "manifest-src 'self'",
        $"connect-src 'self' {string.Join(' ', streams.SelectMany(Both))}",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'");

    // http://host is ws://host too, and https://host wss://host.
    private static string[] Both(string origin) => [origin, $"ws{origin["http".Length..]}"];
}
