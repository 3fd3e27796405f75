using System.Diagnostics.CodeAnalysis;

namespace CriAttach.Wire.Channels;

/// <summary>
/// A subprotocol of WebSocket as Kubernetes' attach uses it. <c>v2</c> and <c>v3</c> exist in the wild for SPDY; here
/// they are aliases of <c>channel.k8s.io</c>, which has all that they have (resize included).
/// </summary>
public sealed class StreamProtocol
{
    private StreamProtocol(
        string name, bool isBase64 = false, bool hasCloseSignal = false, bool hasJsonStatus = false, bool hasOffsets = false) =>
        (Name, IsBase64, HasCloseSignal, HasJsonStatus, HasOffsets) = (name, isBase64, hasCloseSignal, hasJsonStatus, hasOffsets);

    /// <summary>
    /// <c>v1.resume.criattach</c>: as <see cref="V5"/>, with an offset before the bytes of a stream and a channel for what an interrupted
    /// session needs to go on (docs/resume-protocol.md). It is none of Kubernetes', so only those choose it who ask for it by name.
    /// </summary>
    public static StreamProtocol Resume { get; } = new("v1.resume.criattach", hasCloseSignal: true, hasJsonStatus: true, hasOffsets: true);

    /// <summary><c>v5.channel.k8s.io</c>: raw, JSON status, close signal.</summary>
    public static StreamProtocol V5 { get; } = new("v5.channel.k8s.io", hasCloseSignal: true, hasJsonStatus: true);

    /// <summary><c>v4.channel.k8s.io</c>: raw, JSON status.</summary>
    public static StreamProtocol V4 { get; } = new("v4.channel.k8s.io", hasJsonStatus: true);

    /// <summary><c>v4.base64.channel.k8s.io</c>: base64, JSON status.</summary>
    public static StreamProtocol V4Base64 { get; } =
        new("v4.base64.channel.k8s.io", isBase64: true, hasJsonStatus: true);

    /// <summary><c>v3.channel.k8s.io</c>: an alias of <see cref="Channel"/>.</summary>
    public static StreamProtocol V3 { get; } = new("v3.channel.k8s.io");

    /// <summary><c>v2.channel.k8s.io</c>: an alias of <see cref="Channel"/>.</summary>
    public static StreamProtocol V2 { get; } = new("v2.channel.k8s.io");

    /// <summary><c>channel.k8s.io</c>: raw, plain-text status.</summary>
    public static StreamProtocol Channel { get; } = new("channel.k8s.io");

    /// <summary><c>base64.channel.k8s.io</c>: base64, plain-text status.</summary>
    public static StreamProtocol Base64Channel { get; } = new("base64.channel.k8s.io", isBase64: true);

    /// <summary>None was offered: as <see cref="Channel"/>, and the answer carries no protocol header.</summary>
    public static StreamProtocol None { get; } = new("");

    /// <summary>Kubernetes' protocols that have a name, the best first.</summary>
    public static IReadOnlyList<StreamProtocol> Named { get; } =
        [V5, V4, V4Base64, V3, V2, Channel, Base64Channel];

    /// <summary>The name in the handshake; empty for <see cref="None"/>.</summary>
    public string Name { get; }

    /// <summary>Whether payloads are base64 behind a digit, rather than raw behind a byte.</summary>
    public bool IsBase64 { get; }

    /// <summary>Whether a client can close a channel by the message <c>FF n</c>.</summary>
    public bool HasCloseSignal { get; }

    /// <summary>Whether the status is JSON and also told on success.</summary>
    public bool HasJsonStatus { get; }

    /// <summary>Whether the bytes of a stream come behind their offset, 8 bytes with the highest first, and there is a control channel.</summary>
    public bool HasOffsets { get; }

    /// <summary>Whether a name stands among the lines of a <c>Sec-WebSocket-Protocol</c> header.</summary>
    /// <param name="offered">The lines.</param>
    public bool IsAmong(IEnumerable<string?> offered) => IsOffered(Name, offered);

    /// <summary>Whether a name, of these protocols or of others, stands among the lines of a <c>Sec-WebSocket-Protocol</c> header.</summary>
    /// <param name="name">The name.</param>
    /// <param name="offered">The lines.</param>
    public static bool IsOffered(string name, IEnumerable<string?> offered) => Names(offered).Contains(name, StringComparer.Ordinal);

    /// <summary>Chooses as the Kubernetes library does: the first offered name that is known.</summary>
    /// <param name="offered">
    /// The offered names in the client's order, or the lines of the <c>Sec-WebSocket-Protocol</c> header: commas are
    /// taken apart here.
    /// </param>
    /// <param name="protocol">The choice; <see cref="None"/> when nothing was offered.</param>
    /// <returns><c>false</c> when only unknown names were offered: the answer is then 403.</returns>
    public static bool TryNegotiate(IEnumerable<string?> offered, [NotNullWhen(true)] out StreamProtocol? protocol)
    {
        var any = false;
        foreach (var name in Names(offered))
        {
            any = true;
            protocol = Named.FirstOrDefault(known => known.Name == name);
            if (protocol is not null)
            {
                return true;
            }
        }

        protocol = any ? null : None;
        return !any;
    }

    /// <summary>The protocol of a name, as a client needs it after the server's answer.</summary>
    /// <param name="name">The name; empty or null stands for <see cref="None"/>.</param>
    /// <param name="protocol">The protocol.</param>
    /// <returns><c>false</c> when the name is unknown.</returns>
    public static bool TryParse(string? name, [NotNullWhen(true)] out StreamProtocol? protocol)
    {
        protocol = string.IsNullOrEmpty(name) ? None : Named.FirstOrDefault(known => known.Name == name);
        return protocol is not null;
    }

    /// <inheritdoc />
    public override string ToString() => Name;

    private static IEnumerable<string> Names(IEnumerable<string?> offered)
    {
        const StringSplitOptions clean = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        return offered.SelectMany(line => line?.Split(',', clean) ?? []);
    }
}
