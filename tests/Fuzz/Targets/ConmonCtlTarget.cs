using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CriAttach.Wire.Conmon;

namespace CriAttach.Fuzz.Targets;

/// <summary>Input: lines for the ctl FIFO.</summary>
public sealed partial class ConmonCtlTarget : IFuzzTarget
{
    /// <inheritdoc />
    public string Name => "conmon-ctl";

    /// <inheritdoc />
    public IReadOnlyList<Type> Covers { get; } = [typeof(ConmonCtl)];

    /// <inheritdoc />
    public void Run(byte[] input)
    {
        var codec = new Trace();
        ReadOnlySpan<byte> rest = input;
        try
        {
            while (ConmonCtl.TryRead(ref rest, out var message))
            {
                codec.Add($"{(byte)message.Kind} {message.Size.Height} {message.Size.Width}");
                var line = new byte[ConmonCtl.MaxWrittenLength];
                Trace.Holds(ConmonCtl.TryWriteResize(line, message.Size, out var length), "conmon takes the size");
                var text = Encoding.ASCII.GetString(line, 0, length);
                Trace.Holds(text == $"1 {message.Size.Height} {message.Size.Width}\n", "what was written");
            }
        }
        catch (ConmonProtocolException)
        {
            codec.Add("fault");
        }

        Trace.Same(Read(Encoding.Latin1.GetString(input)), codec);
    }

    private static Trace Read(string text)
    {
        var trace = new Trace();
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var last = i == lines.Length - 1;
            var match = Line().Match(lines[i]);
            var numbers = match.Success
                ? match.Groups.Values.Skip(1).Select(digits => Parse(digits.Value)).ToArray()
                : [];
            if (last && lines[i].Length < ConmonCtl.MaxLineLength)
            {
                break;
            }

            if (last || lines[i].Length >= ConmonCtl.MaxLineLength || !match.Success
                || numbers[0] is < 1 or > 2 || numbers[1] > 1000 || numbers[2] > 1000)
            {
                trace.Add("fault");
                break;
            }

            trace.Add(string.Join(' ', numbers));
        }

        return trace;
    }

    private static long Parse(string digits) =>
        long.TryParse(digits, CultureInfo.InvariantCulture, out var value) ? value : long.MaxValue;

    [GeneratedRegex(@"\A([0-9]+) ([0-9]+) ([0-9]+)\z")]
    private static partial Regex Line();
}
