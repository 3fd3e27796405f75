using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Directory;

namespace CriAttach.Grains.Directory;

/// <summary>The ways in which people and tools name a container.</summary>
internal static class References
{
    /// <summary>The directory entries of a container: its id, by prefix too; its name; its pod path.</summary>
    public static IEnumerable<DirectoryEntry> Of(ContainerInfo info)
    {
        yield return new DirectoryEntry { Reference = info.Key.ContainerId, Container = info.Key, ByPrefix = true };
        if (info.Spec.Name.Length > 0)
        {
            yield return new DirectoryEntry { Reference = info.Spec.Name, Container = info.Key };
        }

        if (PodPath(info) is { } path)
        {
            yield return new DirectoryEntry { Reference = path, Container = info.Key };
        }
    }

    /// <summary>Whether <paramref name="reference"/> names the container.</summary>
    public static bool Names(ContainerInfo info, string reference) =>
        reference.Length > 0
        && (info.Key.ContainerId.StartsWith(reference, StringComparison.Ordinal)
            || info.Spec.Name == reference
            || PodPath(info) == reference);

    private static string? PodPath(ContainerInfo info) =>
        info.Spec.PodName.Length > 0 ? $"{info.Spec.PodNamespace}/{info.Spec.PodName}/{info.Spec.Name}" : null;
}
