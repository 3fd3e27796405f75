using System.Buffers;
using System.Globalization;
using System.Text;

namespace CriAttach.Wire.Asciicast;

// https://docs.asciinema.org/manual/asciicast/v3
//
// {"version":3,"term":{"cols":80,"rows":24,"type":"xterm-256color"},"timestamp":1504467315,"title":"..."}
// # a comment; never on the first line
// [0.248000,"o","\u001b[1mHello\u001b[0m\r\n"]      seconds since the event before, code, data
// [2.050000,"r","90x30"]

/// <summary>Writes an asciicast v3, line by line. Times are those since its beginning; one that lies before the last counts as that one.</summary>
public sealed class AsciicastWriter
{
    private const long MicrosecondsPerSecond = 1_000_000;

    private static readonly SearchValues<char> LineBreaks = SearchValues.Create("\r\n");

    // Intervals are differences of rounded times, so that their sum does not drift.
    private long _microseconds;

    /// <summary>Writes the first line.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="header">What it says.</param>
    public static void WriteHeader(IBufferWriter<byte> output, AsciicastHeader header)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(header);
        output.Write("{\"version\":3,\"term\":{\"cols\":"u8);
        WriteNumber(output, header.Columns);
        output.Write(",\"rows\":"u8);
        WriteNumber(output, header.Rows);
        if (header.TerminalType.Length > 0)
        {
            output.Write(",\"type\":"u8);
            WriteString(output, header.TerminalType);
        }

        output.Write("}"u8);
        if (header.Timestamp is { } timestamp)
        {
            output.Write(",\"timestamp\":"u8);
            WriteNumber(output, timestamp);
        }

        if (header.Title.Length > 0)
        {
            output.Write(",\"title\":"u8);
            WriteString(output, header.Title);
        }

        output.Write("}\n"u8);
    }

    /// <summary>Writes a comment.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="text">The comment.</param>
    /// <exception cref="ArgumentException">It is more than a line.</exception>
    public static void WriteComment(IBufferWriter<byte> output, string text)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(text);
        if (text.AsSpan().ContainsAny(LineBreaks))
        {
            throw new ArgumentException("a comment is one line", nameof(text));
        }

        output.Write("# "u8);
        output.Write(Encoding.UTF8.GetBytes(text));
        output.Write("\n"u8);
    }

    /// <summary>Writes an event.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="code">What it is about.</param>
    /// <param name="data">What happened.</param>
    public void Write(IBufferWriter<byte> output, TimeSpan at, AsciicastCode code, string data)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(data);
        Begin(output, at, code);
        var text = new AsciicastText();
        text.Write(output, Encoding.UTF8.GetBytes(data));
        text.WriteRest(output);
        End(output);
    }

    /// <summary>Writes bytes of a stream as an event, unless they are but the beginning of a character: that waits for its rest.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="at">When they came.</param>
    /// <param name="code">What they are.</param>
    /// <param name="stream">What is kept of their stream.</param>
    /// <param name="data">The bytes.</param>
    public void Write(IBufferWriter<byte> output, TimeSpan at, AsciicastCode code, AsciicastText stream, ReadOnlySpan<byte> data)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(stream);
        if (stream.WouldHold(data))
        {
            stream.Write(output, data);
            return;
        }

        Begin(output, at, code);
        stream.Write(output, data);
        End(output);
    }

    /// <summary>Writes what a stream that is over has held back, where that is anything.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="at">When it ended.</param>
    /// <param name="code">What its bytes are.</param>
    /// <param name="stream">What is kept of it.</param>
    public void WriteRest(IBufferWriter<byte> output, TimeSpan at, AsciicastCode code, AsciicastText stream)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(stream);
        if (stream.Holds)
        {
            Begin(output, at, code);
            stream.WriteRest(output);
            End(output);
        }
    }

    private void Begin(IBufferWriter<byte> output, TimeSpan at, AsciicastCode code)
    {
        var now = Math.Max(_microseconds, at.Ticks / TimeSpan.TicksPerMicrosecond);
        var (seconds, fraction) = Math.DivRem(now - _microseconds, MicrosecondsPerSecond);
        _microseconds = now;
        output.Write("["u8);
        WriteNumber(output, seconds);
        output.Write("."u8);
        var span = output.GetSpan(LongestNumber);
        fraction.TryFormat(span, out var written, "D6", CultureInfo.InvariantCulture);
        output.Advance(written);
        output.Write([(byte)',', (byte)'"', (byte)code, (byte)'"', (byte)',', (byte)'"']);
    }

    private static void End(IBufferWriter<byte> output) => output.Write("\"]\n"u8);

    private const int LongestNumber = 20;

    private static void WriteNumber(IBufferWriter<byte> output, long number)
    {
        number.TryFormat(output.GetSpan(LongestNumber), out var written, provider: CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    private static void WriteString(IBufferWriter<byte> output, string text)
    {
        output.Write("\""u8);
        var escaped = new AsciicastText();
        escaped.Write(output, Encoding.UTF8.GetBytes(text));
        escaped.WriteRest(output);
        output.Write("\""u8);
    }
}
