using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using CriAttach.Wire.Http;

namespace CriAttach.Fuzz.Targets;

/// <summary>Input: an answer of HTTP/1.1, and what follows it.</summary>
public sealed partial class HttpUpgradeTarget : IFuzzTarget
{
    /// <inheritdoc />
    public string Name => "http-upgrade";

    /// <inheritdoc />
    public IReadOnlyList<Type> Covers { get; } = [typeof(HttpResponseHead), typeof(HttpUpgradeRequest)];

    /// <inheritdoc />
    public void Run(byte[] input)
    {
        var text = Encoding.Latin1.GetString(input);
        Trace.Same(ReadSlowly(text), Read(input));
        WriteNothingElse(text);
    }

    private static Trace Read(byte[] input)
    {
        var trace = new Trace();
        ReadOnlySpan<byte> rest = input;
        try
        {
            if (HttpResponseHead.TryRead(ref rest, out var head))
            {
                trace.Add($"{head!.StatusCode}");
                foreach (var (name, value) in head.Headers)
                {
                    trace.Add($"{name}: {value}");
                }
            }

            trace.Add("rest", rest);
        }
        catch (HttpFormatException)
        {
            trace = new();
            trace.Add("fault");
        }

        return trace;
    }

    private static Trace ReadSlowly(string text)
    {
        var trace = new Trace();
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0 ? text.Length >= HttpResponseHead.MaxLength : end + 4 > HttpResponseHead.MaxLength)
        {
            trace.Add("fault");
            return trace;
        }

        var match = end < 0 ? Match.Empty : Head().Match(text[..end]);
        if (end >= 0 && !match.Success)
        {
            trace.Add("fault");
            return trace;
        }

        if (match.Success)
        {
            trace.Add(match.Groups["status"].Value.TrimStart('0') is { Length: > 0 } status ? status : "0");
            foreach (var (name, value) in match.Groups["name"].Captures.Zip(match.Groups["value"].Captures))
            {
                trace.Add($"{name.Value}: {value.Value.Trim(' ', '\t')}");
            }
        }

        trace.Add("rest", Encoding.Latin1.GetBytes(text[(match.Success ? end + 4 : 0)..]));
        return trace;
    }

    // Whatever the header's value is, the request has its five lines or is refused.
    private static void WriteNothingElse(string value)
    {
        var output = new ArrayBufferWriter<byte>();
        var request = new HttpUpgradeRequest { Host = "h", Target = "/", Upgrade = "websocket" }.With("X", value);
        try
        {
            request.Write(output);
        }
        catch (ArgumentException)
        {
            return;
        }

        var lines = Encoding.Latin1.GetString(output.WrittenSpan).Split("\r\n");
        Trace.Holds(lines.Length == 7 && lines[4] == $"X: {value}", "a header stays in its line");
    }

    [GeneratedRegex(
        @"\AHTTP/1\.((?!\r\n).) (?<status>[0-9]{3})( ((?!\r\n).)*)?(\r\n(?<name>((?![ \t\r\n\0:]).)+):(?<value>((?!\r\n).)*))*\z",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Head();
}
