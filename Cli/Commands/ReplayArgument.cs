using System.Globalization;
using CriAttach.AdminApi;

namespace CriAttach.Cli.Commands;

/// <summary>The value of <c>--replay</c>.</summary>
/// <param name="Mode">Which earlier output.</param>
/// <param name="Bytes">How much of it, for <see cref="ReplayMode.Tail"/>.</param>
internal readonly record struct ReplayArgument(ReplayMode Mode, long Bytes = 0)
{
    private const string TailPrefix = "tail:";

    /// <summary>Parses <c>unseen</c>, <c>none</c>, <c>all</c> or <c>tail:N</c>; N may end in k or m.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Null when it is none of these.</returns>
    public static ReplayArgument? TryParse(string text) => text switch
    {
        "unseen" => new(ReplayMode.Unseen),
        "none" => new(ReplayMode.None),
        "all" => new(ReplayMode.All),
        _ when text.StartsWith(TailPrefix, StringComparison.Ordinal) && ParseBytes(text[TailPrefix.Length..]) is { } bytes => new(ReplayMode.Tail, bytes),
        _ => null,
    };

    private static long? ParseBytes(string text)
    {
        var unit = text.Length == 0 ? 1 : text[^1] switch
        {
            'k' or 'K' => 1024,
            'm' or 'M' => 1024 * 1024,
            _ => 1,
        };
        var digits = unit == 1 ? text : text[..^1];
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= long.MaxValue / unit
            ? count * unit
            : null;
    }
}
