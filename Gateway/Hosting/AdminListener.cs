using System.Net;
using CriAttach.Gateway.Admin.Login;
using CriAttach.Gateway.Auth;
using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.Hosting;

/// <summary>The admin API's TCP listener as it is configured. The token is read once, at the start.</summary>
/// <param name="options">The options.</param>
/// <param name="listeners">Where the listeners really are.</param>
internal sealed class AdminListener(IOptions<ListenerOptions> options, Listeners listeners) : IAdminListener
{
    private readonly ListenerOptions _options = options.Value;

    /// <inheritdoc/>
    public BearerToken? Token { get; } = options.Value.AdminAddress.Length > 0 ? BearerToken.Read(options.Value.AdminTokenFile) : null;

    /// <inheritdoc/>
    public string BaseUrl => _options.AdminBaseUrl.Length > 0 ? _options.AdminBaseUrl.TrimEnd('/') : ListenerUrl.Of(listeners.Admin);

    /// <inheritdoc/>
    public bool IsSecure => _options.AdminBaseUrl.StartsWith(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Listed => [.. _options.AdminOrigins];

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Own
    {
        get
        {
            var own = new List<string> { ListenerUrl.Of(listeners.Admin), BaseUrl };
            if (IPAddress.IsLoopback(listeners.Admin.Address) || ListenerUrl.IsAny(listeners.Admin))
            {
                own.Add($"http://localhost:{listeners.Admin.Port}");
            }

            // As browsers write origins: without a port where it is the scheme's own.
            return [.. own.Select(url => new Uri(url).GetLeftPart(UriPartial.Authority)).Distinct()];
        }
    }
}
