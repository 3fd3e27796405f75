using CriAttach.Gateway.KubeApi.Pods;
using CriAttach.Interfaces.Containers;

namespace CriAttach.Gateway.Tests.KubeApi.Pods;

/// <summary>Containers, and the pods that they are seen as.</summary>
internal static class Samples
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddYears(50);

    public static ContainerInfo Own(string name, string node = "n1", int second = 0, ContainerState state = ContainerState.Running, int? exitCode = null, string pod = "") => new()
    {
        Key = ContainerKey.For(node, $"{name.ToLowerInvariant()}{second}000000"),
        Spec = new ContainerSpec { Name = name, PodName = pod },
        State = state,
        ExitCode = exitCode,
        CreatedAt = Start.AddSeconds(second),
    };

    public static ContainerInfo Managed(string pod, string container, string uid, int second = 0, ContainerState state = ContainerState.Running) =>
        Own(container, second: second, state: state) with
        {
            Spec = new ContainerSpec
            {
                Name = container,
                Labels = new Dictionary<string, string>
                {
                    ["io.kubernetes.pod.namespace"] = "kube-system",
                    ["io.kubernetes.pod.name"] = pod,
                    ["io.kubernetes.pod.uid"] = uid,
                    ["io.kubernetes.container.name"] = container,
                },
            },
        };

    public static IReadOnlyList<KubePod> Pods(params ContainerInfo[] containers) =>
        PodGrouping.Pods(containers.Select(info => PodMember.Of(info, "default")));
}
