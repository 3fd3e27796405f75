using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using CriAttach.Wire.Http;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Fuzz.Targets;

/// <summary>Input: five lines: method, Upgrade, Connection, key, version. An answer is made of the last four.</summary>
public sealed class WebSocketHandshakeTarget : IFuzzTarget
{
    private static readonly string[] Offer = ["v5.channel.k8s.io", "v4.channel.k8s.io"];

    /// <inheritdoc />
    public string Name => "websocket-handshake";

    /// <inheritdoc />
    public IReadOnlyList<Type> Covers { get; } = [typeof(WebSocketHandshake)];

    /// <inheritdoc />
    public void Run(byte[] input)
    {
        var lines = Encoding.ASCII.GetString(input).Split('\n');
        Array.Resize(ref lines, 5);
        var verdict = WebSocketHandshake.Validate(lines[0] ?? "", lines[1], [null, lines[2]], lines[3], lines[4]);
        Trace.Holds(verdict == Judge(lines), $"{verdict} is {Judge(lines)}");

        var nonce = SHA256.HashData(input)[..WebSocketHandshake.NonceLength];
        var key = WebSocketHandshake.Key(nonce);
        var request = new ArrayBufferWriter<byte>();
        WebSocketHandshake.Request("host", "/attach/t", key, Offer).Write(request);
        Trace.Holds(
            Encoding.ASCII.GetString(request.WrittenSpan).Contains($"\r\nSec-WebSocket-Key: {key}\r\n", StringComparison.Ordinal),
            "the key is sent");

        ReadOnlySpan<byte> answer = Encoding.ASCII.GetBytes(
            $"HTTP/1.1 101 x\r\nUpgrade: {lines[1]}\r\nConnection: {lines[2]}\r\n"
            + $"Sec-WebSocket-Accept: {WebSocketHandshake.AcceptKey(key)}\r\nSec-WebSocket-Protocol: {lines[4]}\r\n\r\n");
        try
        {
            HttpResponseHead.TryRead(ref answer, out var head);
            var taken = WebSocketHandshake.CheckAnswer(head!, key, Offer, out var protocol);
            Trace.Holds(
                taken != WebSocketAnswerVerdict.Accepted || protocol.Length == 0 || Offer.Contains(protocol),
                "only what was offered is taken");
        }
        catch (HttpFormatException)
        {
            // The lines broke the answer apart.
        }
    }

    private static WebSocketUpgradeVerdict Judge(string?[] lines)
    {
        var upgrade = lines[1]?.Trim().ToUpperInvariant() == "WEBSOCKET";
        if (!upgrade || lines[2]?.ToUpperInvariant().Contains("UPGRADE", StringComparison.Ordinal) != true)
        {
            return WebSocketUpgradeVerdict.NotWebSocket;
        }

        return lines[0] != "GET" ? WebSocketUpgradeVerdict.MethodNotAllowed
            : lines[3] is null || lines[3]!.Trim().Length == 0 ? WebSocketUpgradeVerdict.MissingKey
            : lines[4]?.Trim() == "13" ? WebSocketUpgradeVerdict.Accept
            : WebSocketUpgradeVerdict.UnsupportedVersion;
    }
}
