using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CriAttach.Gateway.KubeApi.Pods;

/// <summary>Puts containers together to pods.</summary>
internal static class PodGrouping
{
    private const string RestartCount = PodMember.LabelPrefix + "container.restartCount";
    private const int SuffixLength = 5;
    private const int GuidLength = 16;

    /// <summary>The pods of a cluster's containers, by namespace and name.</summary>
    /// <param name="members">The containers.</param>
    public static IReadOnlyList<KubePod> Pods(IEnumerable<PodMember> members) =>
    [
        .. members
            .GroupBy(member => (member.Namespace, member.Pod, member.Identity))
            .Select(pod => Pod([.. pod]))
            .GroupBy(pod => (pod.Namespace, pod.Name))
            .SelectMany(Distinct)
            .OrderBy(pod => pod.Namespace, StringComparer.Ordinal)
            .ThenBy(pod => pod.Name, StringComparer.Ordinal),
    ];

    /// <summary>
    /// Of a kubelet's pods the newest of a name is the one that Kubernetes knows. Of our own, names are unique on a node only: the oldest keeps
    /// its name, the others get the beginning of their id, and keep that for as long as the oldest is there.
    /// </summary>
    private static IEnumerable<KubePod> Distinct(IGrouping<(string Namespace, string Name), KubePod> same)
    {
        if (same.Where(pod => pod.IsManaged).MaxBy(pod => pod.CreatedAt) is { } managed)
        {
            yield return managed;
        }

        var isTaken = same.Any(pod => pod.IsManaged);
        foreach (var pod in same.Where(pod => !pod.IsManaged).OrderBy(pod => pod.CreatedAt).ThenBy(pod => pod.Uid, StringComparer.Ordinal))
        {
            yield return isTaken ? pod with { Name = $"{pod.Name}-{pod.Containers[0].Info.Key.ContainerId[..SuffixLength]}" } : pod;
            isTaken = true;
        }
    }

    private static KubePod Pod(IReadOnlyList<PodMember> members)
    {
        var first = members.MinBy(member => member.Info.CreatedAt)!;
        var containers = members.GroupBy(member => member.Container, StringComparer.Ordinal).Select(Container).OrderBy(container => container.Name, StringComparer.Ordinal).ToList();
        return new KubePod
        {
            Namespace = first.Namespace,
            Name = first.Pod,
            Uid = first.IsManaged && Guid.TryParse(first.Identity, out _) ? first.Identity : UidOf(first),
            Node = first.Info.Key.Node,
            IsManaged = first.IsManaged,
            Labels = Merged(containers.Select(container => container.Info.Spec.Labels)),
            Annotations = Merged(containers.Select(container => container.Info.Spec.Annotations)),
            Containers = containers,
        };
    }

    private static KubeContainer Container(IGrouping<string, PodMember> lives)
    {
        var ordered = lives.OrderByDescending(member => member.Info.CreatedAt).Select(member => member.Info).ToList();
        var known = ordered[0].Spec.Annotations.GetValueOrDefault(RestartCount);
        var restarts = int.TryParse(known, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : ordered.Count - 1;
        return new KubeContainer(lives.Key, ordered[0], ordered.ElementAtOrDefault(1), restarts);
    }

    /// <summary>The kubelet's own notes are not the pod's labels.</summary>
    private static Dictionary<string, string> Merged(IEnumerable<IReadOnlyDictionary<string, string>> maps)
    {
        var merged = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in maps.SelectMany(map => map).Where(pair => !pair.Key.StartsWith(PodMember.LabelPrefix, StringComparison.Ordinal)))
        {
            merged.TryAdd(key, value);
        }

        return merged;
    }

    private static string UidOf(PodMember member) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{member.Identity}/{member.Namespace}/{member.Pod}")).AsSpan(0, GuidLength)).ToString();
}
