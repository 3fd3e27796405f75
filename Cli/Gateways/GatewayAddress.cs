namespace CriAttach.Cli.Gateways;

/// <summary>Where a gateway's admin API listens.</summary>
internal sealed record GatewayAddress
{
    /// <summary>The address unless said otherwise.</summary>
    public const string Default = "unix:///run/criattach/admin.sock";

    /// <summary>The environment variable that says otherwise.</summary>
    public const string Variable = "CRIATTACH_GATEWAY";

    private const string SocketScheme = "unix://";

    private GatewayAddress(string text, Uri baseUrl, string? socketPath) =>
        (Text, BaseUrl, SocketPath) = (text, baseUrl, socketPath);

    /// <summary>Gets the address as it was given.</summary>
    public string Text { get; }

    /// <summary>Gets the URL that requests start from.</summary>
    public Uri BaseUrl { get; }

    /// <summary>Gets the path of the unix socket; null for TCP.</summary>
    public string? SocketPath { get; }

    /// <summary>Parses an address.</summary>
    /// <param name="text"><c>unix:///path</c>, <c>http://host:port</c> or <c>https://host:port</c>.</param>
    /// <returns>Null when it is none of these.</returns>
    public static GatewayAddress? TryParse(string text)
    {
        if (text.StartsWith(SocketScheme, StringComparison.Ordinal))
        {
            var path = text[SocketScheme.Length..];
            return path.StartsWith('/') ? new(text, new Uri("http://localhost"), path) : null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.AbsolutePath == "/"
            ? new(text, url, null)
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
