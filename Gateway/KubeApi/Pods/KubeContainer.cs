using CriAttach.Interfaces.Containers;

namespace CriAttach.Gateway.KubeApi.Pods;

/// <summary>A container of a pod.</summary>
/// <param name="Name">Its name in the pod.</param>
/// <param name="Info">The newest container of that name.</param>
/// <param name="Previous">The one before, if it is still there.</param>
/// <param name="Restarts">How often it was made anew.</param>
internal sealed record KubeContainer(string Name, ContainerInfo Info, ContainerInfo? Previous, int Restarts)
{
    /// <summary>Gets why it does not run, in the word that kubectl shows.</summary>
    public string Reason => Info.Reason.Length > 0 ? Info.Reason
        : Info.State == ContainerState.Created ? "ContainerCreating"
        : Info.ExitCode == 0 ? "Completed"
        : "Error";

    /// <summary>Gets the image, or what stands for one.</summary>
    public string Image => Info.Spec.Annotations.GetValueOrDefault("io.kubernetes.cri.image-name") ?? Info.Spec.Rootfs ?? Info.Spec.Bundle ?? Info.Spec.Runtime;
}
