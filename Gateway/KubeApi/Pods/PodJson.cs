using System.Globalization;
using System.Text.Json;
using CriAttach.Gateway.KubeApi.Json;
using CriAttach.Interfaces.Containers;

namespace CriAttach.Gateway.KubeApi.Pods;

/// <summary>Writes pods (<c>v1 Pod</c>).</summary>
internal static class PodJson
{
    private static readonly string[] Conditions = ["Initialized", "Ready", "ContainersReady", "PodScheduled"];

    /// <summary>Writes a pod.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="pod">The pod.</param>
    public static void Write(Utf8JsonWriter json, KubePod pod)
    {
        json.WriteStartObject();
        json.WriteString("kind", "Pod");
        json.WriteString("apiVersion", "v1");
        WriteMetadata(json, pod);
        WriteSpec(json, pod);
        WriteStatus(json, pod);
        json.WriteEndObject();
    }

    /// <summary>Writes the member <c>metadata</c>.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="pod">The pod.</param>
    public static void WriteMetadata(Utf8JsonWriter json, KubePod pod)
    {
        json.WriteStartObject("metadata");
        json.WriteString("name", pod.Name);
        json.WriteString("namespace", pod.Namespace);
        json.WriteString("uid", pod.Uid);
        json.WriteString("resourceVersion", pod.Version.ToString(CultureInfo.InvariantCulture));
        json.WriteTime("creationTimestamp", pod.CreatedAt);
        json.WriteMap("labels", pod.Labels);
        json.WriteMap("annotations", pod.Annotations);
        json.WriteEndObject();
    }

    private static void WriteSpec(Utf8JsonWriter json, KubePod pod)
    {
        json.WriteStartObject("spec");
        json.WriteString("nodeName", pod.Node);

        // Who is managed may come back after its end; nobody starts our own again.
        json.WriteString("restartPolicy", pod.IsManaged ? "Always" : "Never");
        json.WriteStartArray("containers");
        foreach (var container in pod.Containers)
        {
            var spec = container.Info.Spec;
            json.WriteStartObject();
            json.WriteString("name", container.Name);
            json.WriteString("image", container.Image);
            if (spec.Args.Count > 0)
            {
                json.WriteStartArray("command");
                foreach (var word in spec.Args)
                {
                    json.WriteStringValue(word);
                }

                json.WriteEndArray();
            }

            WriteText(json, "workingDir", spec.WorkingDirectory);
            json.WriteStartObject("resources");
            json.WriteEndObject();
            WriteFlag(json, "stdin", spec.Stdin);
            WriteFlag(json, "stdinOnce", spec.StdinOnce);
            WriteFlag(json, "tty", spec.Tty);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteStatus(Utf8JsonWriter json, KubePod pod)
    {
        json.WriteStartObject("status");
        json.WriteString("phase", pod.Phase);
        json.WriteTime("startTime", pod.CreatedAt);
        json.WriteStartArray("conditions");
        foreach (var type in Conditions)
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteString("status", pod.IsReady || type is "Initialized" or "PodScheduled" ? "True" : "False");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("containerStatuses");
        foreach (var container in pod.Containers)
        {
            WriteContainerStatus(json, container);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteContainerStatus(Utf8JsonWriter json, KubeContainer container)
    {
        var isRunning = container.Info.State == ContainerState.Running;
        json.WriteStartObject();
        json.WriteString("name", container.Name);
        json.WriteString("image", container.Image);
        json.WriteString("imageID", "");
        json.WriteString("containerID", IdOf(container.Info));
        json.WriteNumber("restartCount", container.Restarts);
        json.WriteBoolean("ready", isRunning);
        json.WriteBoolean("started", isRunning);
        json.WriteStartObject("state");
        WriteState(json, container.Info, container.Reason);
        json.WriteEndObject();
        json.WriteStartObject("lastState");
        if (container.Previous is { State: ContainerState.Exited } previous)
        {
            WriteState(json, previous, previous.Reason);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteState(Utf8JsonWriter json, ContainerInfo info, string reason)
    {
        switch (info.State)
        {
            case ContainerState.Running:
                json.WriteStartObject("running");
                json.WriteTime("startedAt", info.StartedAt);
                break;
            case ContainerState.Exited:
                json.WriteStartObject("terminated");
                json.WriteNumber("exitCode", info.ExitCode ?? 0);
                WriteText(json, "reason", reason);
                WriteText(json, "message", info.Message);
                json.WriteTime("startedAt", info.StartedAt);
                json.WriteTime("finishedAt", info.FinishedAt);
                json.WriteString("containerID", IdOf(info));
                break;
            default:
                json.WriteStartObject("waiting");
                WriteText(json, "reason", reason);
                WriteText(json, "message", info.Message);
                break;
        }

        json.WriteEndObject();
    }

    private static string IdOf(ContainerInfo info) => $"criattach://{info.Key.ContainerId}";

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        if (text.Length > 0)
        {
            json.WriteString(name, text);
        }
    }

    private static void WriteFlag(Utf8JsonWriter json, string name, bool flag)
    {
        if (flag)
        {
            json.WriteBoolean(name, flag);
        }
    }
}
