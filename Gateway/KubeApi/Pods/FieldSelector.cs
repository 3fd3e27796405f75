namespace CriAttach.Gateway.KubeApi.Pods;

/// <summary>Field selectors: <c>status.phase=Running,spec.nodeName!=n2</c>.</summary>
internal static class FieldSelector
{
    /// <summary>Reads a selector.</summary>
    /// <param name="text">The text; an empty one admits everything.</param>
    /// <exception cref="KubeStatusException">It is not understood.</exception>
    public static Predicate<KubePod> Parse(string text)
    {
        Predicate<KubePod>[] terms = [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Term)];
        return pod => Array.TrueForAll(terms, term => term(pod));
    }

    private static Predicate<KubePod> Term(string text)
    {
        var sign = text.IndexOf('=', StringComparison.Ordinal);
        if (sign <= 0)
        {
            throw new KubeStatusException(KubeStatus.BadRequest($"invalid field selector: '{text}'; can't understand '{text}'"));
        }

        var isNot = text[sign - 1] == '!';
        var field = text[..(isNot ? sign - 1 : sign)];
        var value = text[(sign + 1)..].TrimStart('=');
        Func<KubePod, string> read = field switch
        {
            "metadata.name" => pod => pod.Name,
            "metadata.namespace" => pod => pod.Namespace,
            "spec.nodeName" => pod => pod.Node,
            "status.phase" => pod => pod.Phase,
            _ => throw new KubeStatusException(KubeStatus.BadRequest($"field label not supported: {field}")),
        };
        return pod => read(pod) == value != isNot;
    }
}
