using System.Buffers.Text;
using System.Text;

namespace CriAttach.Gateway.Auth;

/// <summary>
/// The secrets that Kubernetes' clients show: a bearer token; over plain HTTP, where kubectl withholds that, the password of the
/// server's URL; and the subprotocol by which browsers' WebSockets carry a token.
/// </summary>
internal static class ClientSecrets
{
    private const string Basic = "Basic ";
    private const string SubProtocol = "base64url.bearer.authorization.k8s.io.";

    /// <summary>Tells whether a request carries a token in one of these ways.</summary>
    /// <param name="token">The token.</param>
    /// <param name="headers">The request's headers.</param>
    public static bool Admits(BearerToken token, IHeaderDictionary headers) =>
        token.Admits(headers.Authorization)
        || (headers.Authorization is [{ } line] && PasswordOf(line) is { } password && token.IsSecret(password))
        || headers.SecWebSocketProtocol.SelectMany(offers => offers?.Split(',', StringSplitOptions.TrimEntries) ?? []).Any(
            offer => TokenOf(offer) is { } secret && token.IsSecret(secret));

    private static string? PasswordOf(string authorization)
    {
        if (!authorization.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var encoded = authorization[Basic.Length..].Trim();
        var buffer = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, buffer, out var length)
            && Encoding.UTF8.GetString(buffer, 0, length) is var pair && pair.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon
            ? pair[(colon + 1)..]
            : null;
    }

    private static string? TokenOf(string offer) =>
        offer.StartsWith(SubProtocol, StringComparison.Ordinal) && Base64Url.IsValid(offer.AsSpan(SubProtocol.Length))
            ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(offer.AsSpan(SubProtocol.Length)))
            : null;
}
