using CriAttach.Wire.Http;

namespace CriAttach.Wire.Spdy;

// client: POST <path> HTTP/1.1                     server: HTTP/1.1 101 Switching Protocols
//         Connection: Upgrade                              Connection: Upgrade
//         Upgrade: SPDY/3.1                                Upgrade: SPDY/3.1
//         X-Stream-Protocol-Version: <the favourite>       X-Stream-Protocol-Version: <one of the offered>
//         X-Stream-Protocol-Version: <the next> ...
//         Content-Length: 0

/// <summary>The handshake that turns an HTTP/1.1 connection into SPDY, as Kubernetes does it, for both ends.</summary>
public static class SpdyHandshake
{
    /// <summary>The value of the <c>Upgrade</c> header.</summary>
    public const string UpgradeToken = "SPDY/3.1";

    /// <summary>The header that offers and chooses what the streams mean; a line each, or several with commas.</summary>
    public const string ProtocolHeader = "X-Stream-Protocol-Version";

    /// <summary>The header of a refusal that says what the server would have taken.</summary>
    public const string AcceptedHeader = "X-Accepted-Stream-Protocol-Versions";

    /// <summary>Whether a request or an answer changes to SPDY.</summary>
    /// <param name="upgrade">The <c>Upgrade</c> header.</param>
    /// <param name="connection">The lines of the <c>Connection</c> header.</param>
    public static bool IsSpdy(string? upgrade, IEnumerable<string?> connection) =>
        upgrade?.Contains(UpgradeToken, StringComparison.OrdinalIgnoreCase) == true
        && connection.Any(line => line?.Contains("upgrade", StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>The offered names in the client's order.</summary>
    /// <param name="lines">The lines of <see cref="ProtocolHeader"/>.</param>
    public static IReadOnlyList<string> Offers(IEnumerable<string?> lines) =>
        [.. lines.SelectMany(line => line?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])];

    /// <summary>The request of a client; <see cref="HttpUpgradeRequest.Write"/> turns it into bytes.</summary>
    /// <param name="host">The <c>Host</c> header.</param>
    /// <param name="target">Path and query.</param>
    /// <param name="protocols">What is offered, the favourite first.</param>
    public static HttpUpgradeRequest Request(string host, string target, params IEnumerable<string> protocols) => new()
    {
        Method = "POST",
        Host = host,
        Target = target,
        Upgrade = UpgradeToken,
        Headers = [.. protocols.Select(name => KeyValuePair.Create(ProtocolHeader, name)), new("Content-Length", "0")],
    };

    /// <summary>Judges a server's answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="offered">What was offered.</param>
    /// <param name="protocol">What the server chose; empty when it says nothing, as servers of old do.</param>
    public static SpdyAnswerVerdict CheckAnswer(HttpResponseHead answer, IEnumerable<string> offered, out string protocol)
    {
        protocol = answer.Header(ProtocolHeader) ?? "";
        if (answer.StatusCode != 101)
        {
            return SpdyAnswerVerdict.Refused;
        }

        if (!IsSpdy(answer.Header("Upgrade"), answer.All("Connection")))
        {
            return SpdyAnswerVerdict.WrongUpgrade;
        }

        return protocol.Length == 0 || offered.Contains(protocol, StringComparer.Ordinal)
            ? SpdyAnswerVerdict.Accepted
            : SpdyAnswerVerdict.WrongProtocol;
    }
}
