using CriAttach.Interfaces.Containers;
using CriAttach.Protos.Runtime.V1;
using Proto = CriAttach.Protos.Runtime.V1;
using OurState = CriAttach.Interfaces.Containers.ContainerState;

namespace CriAttach.Silo.Runtimes.CriUpstream.Cri;

/// <summary>Another runtime's containers in our words.</summary>
internal static class ContainerMap
{
    private const string NamespaceLabel = "io.kubernetes.pod.namespace";
    private const string PodLabel = "io.kubernetes.pod.name";
    private const string NameLabel = "io.kubernetes.container.name";
    private const int NanosecondsPerTick = 100;

    /// <summary>A container as its status tells.</summary>
    /// <param name="key">Its key here.</param>
    /// <param name="runtime">The name of our runtime.</param>
    /// <param name="pod">What its sandbox is called: for containers without the kubelet's labels.</param>
    /// <param name="answer">The status.</param>
    public static ContainerInfo Map(ContainerKey key, string runtime, PodName pod, ContainerStatusResponse answer)
    {
        var status = answer.Status;
        var facts = VerboseInfo.Read(answer.Info);
        return new ContainerInfo
        {
            Key = key,
            Spec = new ContainerSpec
            {
                Runtime = runtime,
                Name = Label(status, NameLabel, status.Metadata?.Name ?? ""),
                Args = facts.Command,
                Tty = facts.Tty,
                Stdin = facts.Stdin,
                StdinOnce = facts.StdinOnce,
                PodNamespace = Label(status, NamespaceLabel, pod.Namespace),
                PodName = Label(status, PodLabel, pod.Name),
                Labels = status.Labels.ToDictionary(),
                Annotations = status.Annotations.ToDictionary(),
            },
            State = StateOf(status.State),
            CreatedAt = At(status.CreatedAt) ?? DateTimeOffset.UnixEpoch,
            StartedAt = At(status.StartedAt),
            FinishedAt = At(status.FinishedAt),
            ExitCode = status.State == Proto.ContainerState.ContainerExited ? status.ExitCode : null,
            Reason = status.Reason,
            Message = status.Message,
            LogPath = status.LogPath,
            Pid = status.State == Proto.ContainerState.ContainerRunning ? facts.Pid : 0,
        };
    }

    /// <summary>A state in our words.</summary>
    public static OurState StateOf(Proto.ContainerState state) => (OurState)state;

    private static string Label(ContainerStatus status, string key, string otherwise) =>
        status.Labels.TryGetValue(key, out var value) ? value : otherwise;

    private static DateTimeOffset? At(long nanoseconds) =>
        nanoseconds > 0 ? DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / NanosecondsPerTick) : null;
}
