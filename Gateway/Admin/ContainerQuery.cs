using CriAttach.AdminApi;
using CriAttach.Gateway.Cluster;
using CriAttach.Interfaces.Containers;

namespace CriAttach.Gateway.Admin;

/// <summary>Which containers a caller wants, and how many at a time.</summary>
internal sealed record ContainerQuery
{
    private const int MaxLimit = 5000;

    /// <summary>Gets the namespace; none for all.</summary>
    public string? Namespace { get; init; }

    /// <summary>Gets the pod; none for all.</summary>
    public string? Pod { get; init; }

    /// <summary>Gets labels that must all be there.</summary>
    public IReadOnlyList<LabelTest> Labels { get; init; } = [];

    /// <summary>Gets the state; none for all.</summary>
    public ContainerState? State { get; init; }

    /// <summary>Gets a text that must occur; none for any.</summary>
    public string? Text { get; init; }

    /// <summary>Gets the longest list wanted.</summary>
    public int Limit { get; init; } = int.MaxValue;

    /// <summary>Gets the place behind which the list begins; none for the beginning.</summary>
    public ContainerPlace? From { get; init; }

    /// <summary>Gets what the nodes themselves can tell apart.</summary>
    public ContainerFilter AtNodes => new() { State = State };

    /// <summary>A state of a query.</summary>
    /// <param name="phase">The state; none for all.</param>
    public static ContainerState? StateOf(ContainerPhase? phase) => phase switch
    {
        null => null,
        ContainerPhase.Created => ContainerState.Created,
        ContainerPhase.Running => ContainerState.Running,
        ContainerPhase.Exited => ContainerState.Exited,
        _ => ContainerState.Unknown,
    };

    /// <summary>A limit of a query.</summary>
    /// <param name="limit">The limit; none for none.</param>
    /// <exception cref="BadHttpRequestException">It is out of range.</exception>
    public static int LimitOf(int? limit) => limit switch
    {
        null => int.MaxValue,
        >= 1 and <= MaxLimit => limit.Value,
        _ => throw new BadHttpRequestException($"limit must be 1 to {MaxLimit}"),
    };

    /// <summary>The list that a caller gets.</summary>
    /// <param name="containers">What the nodes answered.</param>
    public ContainerList Page(ClusterList<ContainerInfo> containers)
    {
        var passed = containers.Items.Where(Passes).Select(info => (Place: ContainerPlace.Of(info), Info: info)).ToList();
        passed.Sort(static (one, other) => one.Place.CompareTo(other.Place));
        var first = From is null ? 0 : passed.FindIndex(one => one.Place.CompareTo(From) > 0);
        var page = first < 0 ? [] : passed.GetRange(first, Math.Min(Limit, passed.Count - first));
        return new ContainerList
        {
            Containers = [.. page.Select(one => AdminViews.Of(one.Info))],
            UnreachableNodes = containers.Unreachable,
            Total = passed.Count,
            Continue = page.Count > 0 && first + page.Count < passed.Count ? page[^1].Place.ToString() : null,
        };
    }

    private bool Passes(ContainerInfo info)
    {
        var spec = info.Spec;
        return (State is null || info.State == State)
            && (string.IsNullOrEmpty(Namespace) || spec.PodNamespace == Namespace)
            && (string.IsNullOrEmpty(Pod) || spec.PodName == Pod)
            && Labels.All(label => label.Passes(spec.Labels))
            && (string.IsNullOrEmpty(Text) || Says(info, Text));
    }

    private static bool Says(ContainerInfo info, string text)
    {
        var spec = info.Spec;
        return Has(info.Key.ContainerId) || Has(spec.Name) || Has(spec.PodName) || Has(spec.PodNamespace) || Has(info.Key.Node) || Has(string.Join(' ', spec.Args));

        bool Has(string where) => where.Contains(text, StringComparison.OrdinalIgnoreCase);
    }
}
