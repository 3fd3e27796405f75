using System.Globalization;
using CriAttach.Gateway.KubeApi.Json;
using CriAttach.Interfaces.Containers;

namespace CriAttach.Gateway.KubeApi.Pods;

/// <summary>Pods in the columns that kubectl prints.</summary>
internal static class PodTable
{
    private const string None = "<none>";

    /// <summary>Gets the columns.</summary>
    public static IReadOnlyList<TableColumn> Columns { get; } =
    [
        new("Name", "string", Format: "name"), new("Ready", "string"), new("Status", "string"), new("Restarts", "string"), new("Age", "string"),
        new("IP", "string", Priority: 1), new("Node", "string", Priority: 1), new("Nominated Node", "string", Priority: 1), new("Readiness Gates", "string", Priority: 1),
    ];

    /// <summary>A pod's row.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="now">The time.</param>
    public static TableRow Row(KubePod pod, DateTimeOffset now)
    {
        var running = pod.Containers.Count(container => container.Info.State == ContainerState.Running);
        var restarts = pod.Containers.Sum(container => container.Restarts);
        return new TableRow(
            [
                pod.Name,
                string.Create(CultureInfo.InvariantCulture, $"{running}/{pod.Containers.Count}"),
                Status(pod),
                restarts.ToString(CultureInfo.InvariantCulture),
                HumanDuration.Text(now - pod.CreatedAt),
                None,
                pod.Node,
                None,
                None,
            ],
            json => PodJson.Write(json, pod),
            json => PodJson.WriteMetadata(json, pod));
    }

    private static string Status(KubePod pod) =>
        pod.Phase == "Running" ? pod.Phase : pod.Containers.FirstOrDefault(container => container.Info.State != ContainerState.Unknown && container.Info.ExitCode != 0)?.Reason
            ?? pod.Containers[0].Reason;
}
