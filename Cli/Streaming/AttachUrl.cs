namespace CriAttach.Cli.Streaming;

/// <summary>Streaming URLs. Their last segment is a secret: whoever has it may attach.</summary>
internal static class AttachUrl
{
    /// <summary>The same URL at another gateway.</summary>
    /// <param name="url">The URL that a gateway handed out.</param>
    /// <param name="via">The other gateway's base URL; a path in it goes before the URL's own.</param>
    public static Uri Via(Uri url, Uri via) => new UriBuilder(via)
    {
        Path = via.AbsolutePath.TrimEnd('/') + url.AbsolutePath,
        Query = url.Query,
    }.Uri;

    /// <summary>The URL without its secret, to print and to log.</summary>
    /// <param name="url">The URL.</param>
    public static string WithoutToken(Uri url)
    {
        var path = url.AbsolutePath;
        return $"{url.Scheme}://{url.Authority}{path[..(path.LastIndexOf('/') + 1)]}…";
    }
}
