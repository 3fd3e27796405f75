using System.Globalization;

namespace CriAttach.Gateway.KubeApi.Pods;

/// <summary>Which pods a client wants.</summary>
/// <param name="Namespace">The namespace; none for all.</param>
/// <param name="Labels">The test of labels.</param>
/// <param name="Fields">The test of fields.</param>
internal sealed record PodQuery(string? Namespace, Predicate<IReadOnlyDictionary<string, string>> Labels, Predicate<KubePod> Fields)
{
    /// <summary>Reads a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="target">What its path asks for.</param>
    /// <exception cref="KubeStatusException">A selector is not understood.</exception>
    public static PodQuery Of(HttpRequest request, KubePath target)
    {
        var fields = FieldSelector.Parse(request.Query["fieldSelector"].ToString());
        return new PodQuery(
            target.Namespace,
            LabelSelector.Parse(request.Query["labelSelector"].ToString()),
            target.Name is { } name ? pod => pod.Name == name && fields(pod) : fields);
    }

    /// <summary>The pods of a snapshot that pass.</summary>
    /// <param name="snapshot">The snapshot.</param>
    public IEnumerable<KubePod> Select(PodSnapshot snapshot) =>
        snapshot.Pods.Where(pod => (Namespace is null || pod.Namespace == Namespace) && Labels(pod.Labels) && Fields(pod));

    /// <summary>A flag of a query; false when it is missing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">The parameter.</param>
    /// <exception cref="KubeStatusException">It is neither true nor false.</exception>
    public static bool Flag(HttpRequest request, string name) => request.Query[name].ToString() switch
    {
        "" or "false" or "0" or "False" or "FALSE" or "f" or "F" => false,
        "true" or "1" or "True" or "TRUE" or "t" or "T" => true,
        var other => throw new KubeStatusException(KubeStatus.BadRequest($"{name} must be true or false: '{other}'")),
    };

    /// <summary>A number of a query; none when it is missing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">The parameter.</param>
    /// <exception cref="KubeStatusException">It is no number.</exception>
    public static long? Number(HttpRequest request, string name)
    {
        var text = request.Query[name].ToString();
        return text.Length == 0 ? null
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
            : throw new KubeStatusException(KubeStatus.BadRequest($"{name} must be a number: '{text}'"));
    }
}
