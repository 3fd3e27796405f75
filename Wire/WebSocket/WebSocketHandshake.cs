using System.Security.Cryptography;
using System.Text;
using CriAttach.Wire.Http;

namespace CriAttach.Wire.WebSocket;

// https://www.rfc-editor.org/rfc/rfc6455#section-4
//
// client: GET <path> HTTP/1.1        server: HTTP/1.1 101 Switching Protocols
//         Upgrade: websocket                 Upgrade: websocket
//         Connection: Upgrade                Connection: Upgrade
//         Sec-WebSocket-Key: <16 bytes       Sec-WebSocket-Accept: base64(SHA1(key + GUID))
//           in base64>                       Sec-WebSocket-Protocol: <one of the offered, or none>
//         Sec-WebSocket-Version: 13
//         Sec-WebSocket-Protocol: <offers, the favourite first>

/// <summary>The handshake that turns an HTTP/1.1 connection into a WebSocket, for both ends.</summary>
public static class WebSocketHandshake
{
    /// <summary>The only version there is.</summary>
    public const string Version = "13";

    /// <summary>The value of the <c>Upgrade</c> header.</summary>
    public const string UpgradeToken = "websocket";

    /// <summary>How many random bytes a key is made of.</summary>
    public const int NonceLength = 16;

    private const string Guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>Judges a request, in the order in which the Kubernetes library does.</summary>
    /// <param name="method">The request's method.</param>
    /// <param name="upgrade">The <c>Upgrade</c> header.</param>
    /// <param name="connection">The lines of the <c>Connection</c> header.</param>
    /// <param name="key">The <c>Sec-WebSocket-Key</c> header.</param>
    /// <param name="version">The <c>Sec-WebSocket-Version</c> header.</param>
    public static WebSocketUpgradeVerdict Validate(
        string method, string? upgrade, IEnumerable<string?> connection, string? key, string? version)
    {
        if (!IsWebSocket(upgrade, connection))
        {
            return WebSocketUpgradeVerdict.NotWebSocket;
        }

        if (!string.Equals(method, "GET", StringComparison.Ordinal))
        {
            return WebSocketUpgradeVerdict.MethodNotAllowed;
        }

        if (string.IsNullOrWhiteSpace(key))
        {
            return WebSocketUpgradeVerdict.MissingKey;
        }

        return version?.Trim() == Version
            ? WebSocketUpgradeVerdict.Accept
            : WebSocketUpgradeVerdict.UnsupportedVersion;
    }

    /// <summary>The server's proof that it read the key.</summary>
    /// <param name="key">The <c>Sec-WebSocket-Key</c> header.</param>
    /// <returns>The value for <c>Sec-WebSocket-Accept</c>.</returns>
    public static string AcceptKey(string key)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6455 asks for SHA-1; it guards nothing here.
        SHA1.HashData(Encoding.UTF8.GetBytes(key.Trim() + Guid), hash);
#pragma warning restore CA5350
        return Convert.ToBase64String(hash);
    }

    /// <summary>Makes a client's key.</summary>
    /// <param name="nonce">Sixteen random bytes, new for each connection.</param>
    /// <returns>The value for <c>Sec-WebSocket-Key</c>.</returns>
    /// <exception cref="ArgumentException">The nonce is not of sixteen bytes.</exception>
    public static string Key(ReadOnlySpan<byte> nonce) => nonce.Length == NonceLength
        ? Convert.ToBase64String(nonce)
        : throw new ArgumentException($"A nonce has {NonceLength} bytes.", nameof(nonce));

    /// <summary>The request of a client; <see cref="HttpUpgradeRequest.Write"/> turns it into bytes.</summary>
    /// <param name="host">The <c>Host</c> header.</param>
    /// <param name="target">Path and query.</param>
    /// <param name="key">The key of <see cref="Key"/>.</param>
    /// <param name="protocols">The offered protocols, the favourite first; none at all is allowed.</param>
    public static HttpUpgradeRequest Request(string host, string target, string key, params IEnumerable<string> protocols)
    {
        var offer = string.Join(", ", protocols.Where(name => name.Length > 0));
        List<KeyValuePair<string, string>> headers =
            [new("Sec-WebSocket-Key", key), new("Sec-WebSocket-Version", Version)];
        if (offer.Length > 0)
        {
            headers.Add(new("Sec-WebSocket-Protocol", offer));
        }

        return new HttpUpgradeRequest { Host = host, Target = target, Upgrade = UpgradeToken, Headers = headers };
    }

    /// <summary>Judges a server's answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="key">The key that was sent.</param>
    /// <param name="offered">The protocols that were offered.</param>
    /// <param name="protocol">The protocol that the server chose; empty when it chose none.</param>
    public static WebSocketAnswerVerdict CheckAnswer(
        HttpResponseHead answer, string key, IEnumerable<string> offered, out string protocol)
    {
        protocol = answer.Header("Sec-WebSocket-Protocol") ?? "";
        if (answer.StatusCode != 101)
        {
            return WebSocketAnswerVerdict.Refused;
        }

        if (!IsWebSocket(answer.Header("Upgrade"), answer.All("Connection")))
        {
            return WebSocketAnswerVerdict.WrongUpgrade;
        }

        if (answer.Header("Sec-WebSocket-Accept") != AcceptKey(key))
        {
            return WebSocketAnswerVerdict.WrongAccept;
        }

        if (!string.IsNullOrEmpty(answer.Header("Sec-WebSocket-Extensions")))
        {
            return WebSocketAnswerVerdict.UnexpectedExtension;
        }

        return protocol.Length == 0 || offered.Contains(protocol, StringComparer.Ordinal)
            ? WebSocketAnswerVerdict.Accepted
            : WebSocketAnswerVerdict.WrongProtocol;
    }

    // As the library dispatches: the whole Upgrade value, and "upgrade" anywhere in some Connection line.
    private static bool IsWebSocket(string? upgrade, IEnumerable<string?> connection) =>
        string.Equals(upgrade?.Trim(), UpgradeToken, StringComparison.OrdinalIgnoreCase)
        && connection.Any(line => line?.Contains("upgrade", StringComparison.OrdinalIgnoreCase) == true);
}
