namespace CriAttach.Gateway.Streaming;

/// <summary>Makes the URLs that the streaming listener answers.</summary>
internal interface IAttachUrls
{
    /// <summary>The absolute URL of a token; it has no query.</summary>
    /// <param name="profile">Who is going to open it.</param>
    /// <param name="token">The token.</param>
    /// <param name="prefix">The path before it.</param>
    string For(UrlProfile profile, string token, string prefix = AttachEndpoint.PathPrefix);
}
