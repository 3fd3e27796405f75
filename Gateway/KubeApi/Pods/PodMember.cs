using CriAttach.Interfaces.Containers;

namespace CriAttach.Gateway.KubeApi.Pods;

/// <summary>A container and the pod that it says it belongs to.</summary>
/// <param name="Namespace">The pod's namespace.</param>
/// <param name="Pod">The pod's name.</param>
/// <param name="Container">Its name in the pod.</param>
/// <param name="Identity">What tells this pod from others of its name.</param>
/// <param name="IsManaged">Whether a kubelet made it.</param>
/// <param name="Info">The container.</param>
internal sealed record PodMember(string Namespace, string Pod, string Container, string Identity, bool IsManaged, ContainerInfo Info)
{
    /// <summary>What containers made by a kubelet are labelled with.</summary>
    public const string LabelPrefix = "io.kubernetes.";

    private const string NamespaceLabel = LabelPrefix + "pod.namespace";
    private const string NameLabel = LabelPrefix + "pod.name";
    private const string UidLabel = LabelPrefix + "pod.uid";
    private const string ContainerLabel = LabelPrefix + "container.name";

    /// <summary>Reads where a container belongs; one that says nothing is a pod of its own.</summary>
    /// <param name="info">The container.</param>
    /// <param name="defaultNamespace">The namespace of those that name none.</param>
    public static PodMember Of(ContainerInfo info, string defaultNamespace)
    {
        var (spec, labels) = (info.Spec, info.Spec.Labels);
        if (labels.TryGetValue(NamespaceLabel, out var space) && labels.TryGetValue(NameLabel, out var pod) && labels.TryGetValue(ContainerLabel, out var name))
        {
            return new PodMember(space, pod, name, labels.GetValueOrDefault(UidLabel) ?? info.Key.Node, IsManaged: true, info);
        }

        var inPod = spec.PodName.Length > 0;
        return new PodMember(
            KubeName.Label(spec.PodNamespace.Length > 0 ? spec.PodNamespace : defaultNamespace),
            KubeName.Subdomain(inPod ? spec.PodName : spec.Name),
            KubeName.Label(spec.Name),
            inPod ? info.Key.Node : info.Key.ToString(),
            IsManaged: false,
            info);
    }
}
