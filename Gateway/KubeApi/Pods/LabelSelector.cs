using System.Text.RegularExpressions;

namespace CriAttach.Gateway.KubeApi.Pods;

/// <summary>Label selectors: <c>app=web,tier!=cache,env in (a, b),zone notin (c),owner,!temporary</c>.</summary>
internal static partial class LabelSelector
{
    /// <summary>Reads a selector.</summary>
    /// <param name="text">The text; an empty one admits everything.</param>
    /// <exception cref="KubeStatusException">It is not understood.</exception>
    public static Predicate<IReadOnlyDictionary<string, string>> Parse(string text)
    {
        var terms = new List<Predicate<IReadOnlyDictionary<string, string>>>();
        for (var at = 0; at < text.Length;)
        {
            var match = TermPattern.Match(text, at);
            if (!match.Success)
            {
                throw new KubeStatusException(KubeStatus.BadRequest($"unable to parse the label selector '{text}' at '{text[at..]}'"));
            }

            terms.Add(Term(match));
            at += match.Length;
        }

        return labels => terms.TrueForAll(term => term(labels));
    }

    private static Predicate<IReadOnlyDictionary<string, string>> Term(Match match)
    {
        var key = match.Groups["key"].Value;
        HashSet<string> values = match.Groups["set"].Success
            ? [.. match.Groups["set"].Value.Split(',', StringSplitOptions.TrimEntries)]
            : [match.Groups["value"].Value];
        return match.Groups["op"].Value switch
        {
            "=" or "==" or "in" => labels => labels.TryGetValue(key, out var value) && values.Contains(value),

            // As in Kubernetes, what has no such label passes.
            "!=" or "notin" => labels => !labels.TryGetValue(key, out var value) || !values.Contains(value),
            _ when match.Groups["not"].Success => labels => !labels.ContainsKey(key),
            _ => labels => labels.ContainsKey(key),
        };
    }

    [GeneratedRegex(
        @"\G\s*(?:(?<key>[A-Za-z0-9][-A-Za-z0-9_./]*)(?:\s*(?<op>==|=|!=)\s*(?<value>[-A-Za-z0-9_.]*)|\s+(?<op>in|notin)\s*\((?<set>[^()]*)\))|(?<not>!)?\s*(?<key>[A-Za-z0-9][-A-Za-z0-9_./]*))\s*(?:,|$)",
        RegexOptions.CultureInvariant)]
    private static partial Regex TermPattern { get; }
}
