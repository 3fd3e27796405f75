using System.Text;

namespace CriAttach.Wire.Http;

// https://www.rfc-editor.org/rfc/rfc9112#section-4
//
// HTTP/1.<x> SP <three digits> [SP <reason>] CRLF
// <name>: <value> CRLF ...
// CRLF
// body, or bytes of the new protocol after 101

/// <summary>The status line and the headers of an HTTP/1.x answer.</summary>
public sealed class HttpResponseHead
{
    /// <summary>The longest head that is waited for.</summary>
    public const int MaxLength = 32 * 1024;

    private const int StatusAt = 9;
    private const int StatusLength = 3;

    private readonly List<KeyValuePair<string, string>> _headers = [];

    private HttpResponseHead(int statusCode, string reason) => (StatusCode, Reason) = (statusCode, reason);

    /// <summary>The three digits of the status line.</summary>
    public int StatusCode { get; }

    /// <summary>The text behind them; it may be empty.</summary>
    public string Reason { get; }

    /// <summary>All headers in the order of their lines.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers => _headers;

    /// <summary>Reads a head off the front of the input.</summary>
    /// <param name="input">Received bytes; after <c>true</c> the bytes behind the head: they are the new protocol's.</param>
    /// <param name="head">The head.</param>
    /// <returns><c>false</c> when it takes more bytes; the input is then left as it is.</returns>
    /// <exception cref="HttpFormatException">The bytes are no answer of HTTP/1.x, or exceed <see cref="MaxLength"/>.</exception>
    public static bool TryRead(ref ReadOnlySpan<byte> input, out HttpResponseHead? head)
    {
        head = null;
        var end = input.IndexOf("\r\n\r\n"u8);
        if (end + 4 > MaxLength || (end < 0 && input.Length >= MaxLength))
        {
            throw new HttpFormatException($"The head of the answer is over {MaxLength} bytes.");
        }

        if (end < 0)
        {
            return false;
        }

        var lines = Encoding.Latin1.GetString(input[..end]).Split("\r\n");
        head = ParseStatus(lines[0]);
        foreach (var line in lines.AsSpan(1))
        {
            head._headers.Add(ParseHeader(line));
        }

        input = input[(end + 4)..];
        return true;
    }

    /// <summary>The first header of a name, or null.</summary>
    /// <param name="name">The name, in any case.</param>
    public string? Header(string name) => All(name).FirstOrDefault();

    /// <summary>The values of all headers of a name.</summary>
    /// <param name="name">The name, in any case.</param>
    public IEnumerable<string> All(string name) => _headers
        .Where(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase))
        .Select(header => header.Value);

    private static HttpResponseHead ParseStatus(string line)
    {
        if (!line.StartsWith("HTTP/1.", StringComparison.Ordinal)
            || line.Length < StatusAt + StatusLength
            || line[StatusAt - 1] != ' '
            || line.AsSpan(StatusAt, StatusLength).ContainsAnyExceptInRange('0', '9')
            || (line.Length > StatusAt + StatusLength && line[StatusAt + StatusLength] != ' '))
        {
            throw new HttpFormatException("The answer does not begin with an HTTP/1.x status line.");
        }

        var digits = line.AsSpan(StatusAt, StatusLength);
        var status = ((digits[0] - '0') * 100) + ((digits[1] - '0') * 10) + (digits[2] - '0');
        return new HttpResponseHead(status, line[(StatusAt + StatusLength)..].TrimStart());
    }

    private static KeyValuePair<string, string> ParseHeader(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || line.AsSpan(0, colon).ContainsAny(" \t\r\n\0"))
        {
            throw new HttpFormatException("A header line of the answer has no proper name.");
        }

        return new(line[..colon], line[(colon + 1)..].Trim(' ', '\t'));
    }
}
