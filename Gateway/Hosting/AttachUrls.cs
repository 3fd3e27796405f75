using System.Net;
using CriAttach.Gateway.Streaming;
using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.Hosting;

/// <summary>URLs of the streaming listener.</summary>
/// <param name="listeners">The listeners.</param>
/// <param name="options">Where they are.</param>
internal sealed class AttachUrls(Listeners listeners, IOptions<ListenerOptions> options) : IAttachUrls
{
    /// <inheritdoc/>
    public string For(UrlProfile profile, string token, string prefix = AttachEndpoint.PathPrefix) =>
        Make(profile, token, listeners.Stream, options.Value.StreamBaseUrl, prefix);

    /// <summary>Makes a URL.</summary>
    /// <param name="profile">Who is going to open it.</param>
    /// <param name="token">The token.</param>
    /// <param name="listener">Where the streaming listener really is.</param>
    /// <param name="baseUrl">The shared base URL; empty for the listener's own.</param>
    /// <param name="prefix">The path before the token.</param>
    public static string Make(UrlProfile profile, string token, IPEndPoint listener, string baseUrl, string prefix = AttachEndpoint.PathPrefix)
    {
        if (profile == UrlProfile.Cluster && baseUrl.Length > 0)
        {
            return $"{baseUrl.TrimEnd('/')}{prefix}{token}";
        }

        return $"{ListenerUrl.Of(listener)}{prefix}{token}";
    }
}
