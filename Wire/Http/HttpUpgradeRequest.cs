using System.Buffers;
using System.Text;

namespace CriAttach.Wire.Http;

// https://www.rfc-editor.org/rfc/rfc9112#section-3 and https://www.rfc-editor.org/rfc/rfc9110#section-7.8
//
// <method> SP <target> SP HTTP/1.1 CRLF
// Host: <host> CRLF
// Upgrade: <protocol> CRLF
// Connection: Upgrade CRLF
// <name>: <value> CRLF ...
// CRLF

/// <summary>A client's HTTP/1.1 request without body that asks to change the connection's protocol.</summary>
public sealed class HttpUpgradeRequest
{
    /// <summary>The method; GET unless said otherwise.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>Path and query, as they go into the request line.</summary>
    public required string Target { get; init; }

    /// <summary>The <c>Host</c> header.</summary>
    public required string Host { get; init; }

    /// <summary>The protocol to change to: the <c>Upgrade</c> header.</summary>
    public required string Upgrade { get; init; }

    /// <summary>Further headers, written in this order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The same request with one more header.</summary>
    /// <param name="name">The header's name.</param>
    /// <param name="value">Its value.</param>
    public HttpUpgradeRequest With(string name, string value) => new()
    {
        Method = Method,
        Target = Target,
        Host = Host,
        Upgrade = Upgrade,
        Headers = [.. Headers, new(name, value)],
    };

    /// <summary>Writes the request.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <exception cref="ArgumentException">
    /// A part of the request holds a character that would break out of its place, such as a line break.
    /// </exception>
    public void Write(IBufferWriter<byte> output)
    {
        var text = new StringBuilder()
            .Append(Token(Method, nameof(Method))).Append(' ').Append(Token(Target, nameof(Target)))
            .Append(" HTTP/1.1\r\n");
        Append(text, "Host", Host);
        Append(text, "Upgrade", Upgrade);
        Append(text, "Connection", "Upgrade");
        foreach (var (name, value) in Headers)
        {
            Append(text, name, value);
        }

        Encoding.Latin1.GetBytes(text.Append("\r\n").ToString(), output);
    }

    private static void Append(StringBuilder text, string name, string value)
    {
        if (name.Contains(':', StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{name}' is no header name.");
        }

        text.Append(Token(name, name)).Append(": ").Append(Printable(value, name)).Append("\r\n");
    }

    private static string Token(string value, string what) =>
        value.Length > 0 && !value.Contains(' ', StringComparison.Ordinal)
            ? Printable(value, what)
            : throw new ArgumentException($"{what} is empty or holds a space.");

    private static string Printable(string value, string what) =>
        value.All(c => c is >= ' ' and <= '~' or >= '\u00A0' and <= '\u00FF')
            ? value
            : throw new ArgumentException($"{what} holds a character that HTTP does not carry.");
}
