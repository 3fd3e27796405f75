using System.Globalization;

namespace CriAttach.Gateway.KubeApi;

/// <summary>Durations as kubectl's columns show them (<c>k8s.io/apimachinery/pkg/util/duration</c>).</summary>
internal static class HumanDuration
{
    /// <summary>What stands for a duration that nobody knows.</summary>
    public const string Unknown = "<unknown>";

    private const int DaysOfYear = 365;

    /// <summary>A duration in at most two units.</summary>
    /// <param name="duration">The duration; clocks that disagree by a second are forgiven.</param>
    public static string Text(TimeSpan duration)
    {
        long seconds = (long)duration.TotalSeconds, minutes = (long)duration.TotalMinutes, hours = (long)duration.TotalHours, days = (long)duration.TotalDays;
        return seconds switch
        {
            < -1 => "<invalid>",
            < 0 => "0s",
            < 60 * 2 => Units(seconds, "s"),
            _ when minutes < 10 => Units(minutes, "m", seconds % 60, "s"),
            _ when minutes < 60 * 3 => Units(minutes, "m"),
            _ when hours < 8 => Units(hours, "h", minutes % 60, "m"),
            _ when hours < 48 => Units(hours, "h"),
            _ when hours < 24 * 8 => Units(days, "d", hours % 24, "h"),
            _ when days < DaysOfYear * 2 => Units(days, "d"),
            _ when days < DaysOfYear * 8 => Units(days / DaysOfYear, "y", days % DaysOfYear, "d"),
            _ => Units(days / DaysOfYear, "y"),
        };
    }

    private static string Units(long number, string unit, long rest = 0, string restUnit = "") =>
        rest == 0 ? string.Create(CultureInfo.InvariantCulture, $"{number}{unit}") : string.Create(CultureInfo.InvariantCulture, $"{number}{unit}{rest}{restUnit}");
}
