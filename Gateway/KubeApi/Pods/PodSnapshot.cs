namespace CriAttach.Gateway.KubeApi.Pods;

/// <summary>All pods at one moment.</summary>
/// <param name="Version">The moment: grows from one to the next.</param>
/// <param name="Pods">The pods, by namespace and name.</param>
/// <param name="Unreachable">The nodes that did not answer; what is on them is missing.</param>
internal sealed record PodSnapshot(long Version, IReadOnlyList<KubePod> Pods, IReadOnlyList<string> Unreachable)
{
    /// <summary>A pod.</summary>
    /// <param name="space">Its namespace.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="KubeStatusException">There is none.</exception>
    public KubePod Get(string space, string name) =>
        Pods.FirstOrDefault(pod => pod.Name == name && pod.Namespace == space)
        ?? throw new KubeStatusException(Unreachable.Count == 0
            ? KubeStatus.NotFound("pods", name)
            : new KubeStatus(
                StatusCodes.Status503ServiceUnavailable,
                "ServiceUnavailable",
                $"pods \"{name}\" not found on the nodes that answer; {string.Join(", ", Unreachable)} did not"));
}
