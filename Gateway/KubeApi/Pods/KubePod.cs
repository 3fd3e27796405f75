using System.Globalization;
using CriAttach.Interfaces.Containers;

namespace CriAttach.Gateway.KubeApi.Pods;

/// <summary>A pod as clients see it.</summary>
internal sealed record KubePod
{
    private const string DefaultContainerAnnotation = "kubectl.kubernetes.io/default-container";

    /// <summary>Gets the namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Gets the name, unique in its namespace.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the identity that no other pod has.</summary>
    public required string Uid { get; init; }

    /// <summary>Gets the node.</summary>
    public required string Node { get; init; }

    /// <summary>Gets a value indicating whether a kubelet looks after it; otherwise its containers are CriAttach's own.</summary>
    public required bool IsManaged { get; init; }

    /// <summary>Gets the labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Gets the annotations.</summary>
    public required IReadOnlyDictionary<string, string> Annotations { get; init; }

    /// <summary>Gets the containers, by name; at least one.</summary>
    public required IReadOnlyList<KubeContainer> Containers { get; init; }

    /// <summary>Gets when the first of its containers was made.</summary>
    public DateTimeOffset CreatedAt => Containers.Min(container => container.Previous?.CreatedAt ?? container.Info.CreatedAt);

    /// <summary>Gets the phase.</summary>
    public string Phase =>
        Containers.Any(container => container.Info.State == ContainerState.Running) ? "Running"
        : Containers.Any(container => container.Info.State == ContainerState.Created) ? "Pending"
        : Containers.Any(container => container.Info.State == ContainerState.Unknown) ? "Unknown"
        : Containers.All(container => container.Info.ExitCode == 0) ? "Succeeded"
        : "Failed";

    /// <summary>Gets a value indicating whether all containers run.</summary>
    public bool IsReady => Containers.All(container => container.Info.State == ContainerState.Running);

    /// <summary>Gets a number that grows whenever something happens to a container.</summary>
    public long Version => Containers.Max(container => Newest(container.Info).ToUnixTimeMilliseconds());

    /// <summary>Gets a text that two states of the pod share only when a client would see no difference.</summary>
    public string Stamp => string.Join('|', Containers.Select(container => string.Create(
        CultureInfo.InvariantCulture,
        $"{container.Name} {container.Info.Key} {container.Info.State} {Newest(container.Info).UtcTicks} {container.Info.ExitCode} {container.Info.Reason} {container.Restarts}")));

    /// <summary>The container that a client means.</summary>
    /// <param name="name">What it asked for; empty for the only one, or the one that an annotation names.</param>
    /// <exception cref="KubeStatusException">There is no such container, or the client has to choose.</exception>
    public KubeContainer Container(string name)
    {
        if (name.Length > 0)
        {
            return Find(name) ?? throw new KubeStatusException(KubeStatus.BadRequest($"container {name} is not valid for pod {Name}"));
        }

        return Containers is [var only] ? only
            : Annotations.TryGetValue(DefaultContainerAnnotation, out var chosen) && Find(chosen) is { } marked ? marked
            : throw new KubeStatusException(KubeStatus.BadRequest(
                $"a container name must be specified for pod {Name}, choose one of: [{string.Join(' ', Containers.Select(container => container.Name))}]"));
    }

    private static DateTimeOffset Newest(ContainerInfo info) => info.FinishedAt ?? info.StartedAt ?? info.CreatedAt;

    private KubeContainer? Find(string name) => Containers.FirstOrDefault(container => container.Name == name);
}
