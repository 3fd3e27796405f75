using CriAttach.Interfaces.Containers;
using CriAttach.Protos.Runtime.V1;
using Proto = CriAttach.Protos.Runtime.V1;

namespace CriAttach.Gateway.Cri;

/// <summary>Containers in CRI's words.</summary>
internal static class ContainerMap
{
    /// <summary>The label that names the node, where a list spans several.</summary>
    public const string NodeLabel = "io.criattach.node";

    private const int NanosecondsPerTick = 100;

    /// <summary>A line of a list.</summary>
    /// <param name="info">The container.</param>
    public static Container ToContainer(ContainerInfo info)
    {
        var image = ImageOf(info);
        var container = new Container
        {
            Id = info.Key.ContainerId,
            PodSandboxId = SandboxOf(info),
            Metadata = MetadataOf(info),
            Image = new ImageSpec { Image = image },
            ImageRef = image,
            State = (Proto.ContainerState)info.State,
            CreatedAt = Nanoseconds(info.CreatedAt),
        };
        container.Labels.Add(LabelsOf(info));
        container.Annotations.Add(info.Spec.Annotations.ToDictionary());
        return container;
    }

    /// <summary>The whole of it.</summary>
    /// <param name="info">The container.</param>
    public static ContainerStatus ToStatus(ContainerInfo info)
    {
        var image = ImageOf(info);
        var status = new ContainerStatus
        {
            Id = info.Key.ContainerId,
            Metadata = MetadataOf(info),
            State = (Proto.ContainerState)info.State,
            CreatedAt = Nanoseconds(info.CreatedAt),
            StartedAt = Nanoseconds(info.StartedAt),
            FinishedAt = Nanoseconds(info.FinishedAt),
            ExitCode = info.ExitCode ?? 0,
            Image = new ImageSpec { Image = image },
            ImageRef = image,
            Reason = info.Reason,
            Message = info.Message,
            LogPath = info.LogPath,
        };
        status.Labels.Add(LabelsOf(info));
        status.Annotations.Add(info.Spec.Annotations.ToDictionary());
        return status;
    }

    private static ContainerMetadata MetadataOf(ContainerInfo info) =>
        new() { Name = info.Spec.Name.Length > 0 ? info.Spec.Name : info.Key.ContainerId };

    private static Dictionary<string, string> LabelsOf(ContainerInfo info)
    {
        var labels = info.Spec.Labels.ToDictionary();
        labels[NodeLabel] = info.Key.Node;
        return labels;
    }

    private static string SandboxOf(ContainerInfo info) =>
        info.Spec.PodName.Length > 0 ? $"{info.Spec.PodNamespace}/{info.Spec.PodName}" : "";

    private static string ImageOf(ContainerInfo info) => info.Spec.Rootfs ?? info.Spec.Bundle ?? info.Spec.Runtime;

    private static long Nanoseconds(DateTimeOffset? moment) =>
        moment is { } at ? (at - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick : 0;
}
