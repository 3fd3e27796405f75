using System.Globalization;
using System.Text;

namespace CriAttach.Gateway.Streaming;

/// <summary>By what the people who share a session know its client. The client says it itself: a label, no proof.</summary>
/// <param name="Name">What it says it is, as "kubectl/v1.20.2"; empty where it does not.</param>
/// <param name="Address">Where it came from; empty where nobody knows.</param>
internal sealed record ClientLabel(string Name, string Address)
{
    /// <summary>The longest name.</summary>
    public const int MaxLength = 64;

    /// <summary>Reads a request: the first product of its user agent.</summary>
    /// <param name="context">The request.</param>
    public static ClientLabel Of(HttpContext context)
    {
        var agent = context.Request.Headers.UserAgent.ToString();
        var end = agent.IndexOf(' ', StringComparison.Ordinal);
        return new(Clean(end < 0 ? agent : agent[..end]), context.Connection.RemoteIpAddress?.ToString() ?? "");
    }

    /// <summary>A name as it may be shown: one line, of bounded length.</summary>
    /// <param name="name">The name.</param>
    public static string Clean(string name) => string.Concat(name.EnumerateRunes().Where(IsShown).Take(MaxLength).Select(one => one.ToString()));

    // Line separators, and what turns the direction of the text around it, would make more of it than a name.
    private static bool IsShown(Rune one) => one != Rune.ReplacementChar && Rune.GetUnicodeCategory(one)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
