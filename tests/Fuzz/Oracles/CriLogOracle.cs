using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CriAttach.Wire.CriLog;

namespace CriAttach.Fuzz.Oracles;

/// <summary>Reads a whole log file with a regular expression.</summary>
public static partial class CriLogOracle
{
    /// <summary>What is in the file: lines with their offsets, then a fault or an incomplete line.</summary>
    public static Trace Read(byte[] file)
    {
        var trace = new Trace();
        var text = Encoding.Latin1.GetString(file);
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at);
            var line = end < 0 ? text[at..] : text[at..end];
            var match = Line().Match(line);
            var headed = match.Success && match.Groups["content"].Index <= CriLogReader.MaxHeaderLength;
            if (headed && TryTime(match, out var nanoseconds))
            {
                var partial = match.Groups["tag"].Value == "P";
                var content = match.Groups["content"].Value + (end >= 0 && !partial ? "\n" : "");
                if (end >= 0 || content.Length > 0)
                {
                    trace.Add(
                        $"{at} {nanoseconds} {match.Groups["stream"].Value} {partial} {(end >= 0 ? "whole" : "open")}",
                        Encoding.Latin1.GetBytes(content));
                }
            }
            else if (headed || end >= 0 || line.Count(c => c == ' ') >= 3 || line.Length >= CriLogReader.MaxHeaderLength)
            {
                trace.Add($"fault {at}");
                return trace;
            }

            at = end < 0 ? text.Length : end + 1;
        }

        return trace;
    }

    private static bool TryTime(Match match, out long unixNanoseconds)
    {
        var zone = match.Groups["zone"].Value;
        var zoneParsed = TimeSpan.TryParseExact(
            zone == "Z" ? "00:00" : zone[1..], "hh\\:mm", CultureInfo.InvariantCulture, out var offset);
        var parsed = DateTime.TryParseExact(
            match.Groups["second"].Value, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time);
        unixNanoseconds = 0;
        if (!parsed || !zoneParsed || time.Year is < 1678 or > 2261)
        {
            return false;
        }

        var shift = zone[0] == '-' ? offset : -offset;
        var fraction = match.Groups["fraction"].Value.PadRight(9, '0');
        unixNanoseconds = ((time - DateTime.UnixEpoch + shift).Ticks * 100)
            + long.Parse(fraction, CultureInfo.InvariantCulture);
        return true;
    }

    [GeneratedRegex(
        @"\A(?<second>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\.(?<fraction>[0-9]{1,9}))?"
        + @"(?<zone>Z|[+-][0-9]{2}:[0-9]{2}) (?<stream>stdout|stderr) (?<tag>[PF])(:[^ ]*)? (?<content>.*)\z",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Line();
}
