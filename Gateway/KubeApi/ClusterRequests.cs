using System.Text.Json;
using CriAttach.Gateway.Cluster;
using CriAttach.Gateway.KubeApi.Json;
using CriAttach.Gateway.KubeApi.Pods;
using CriAttach.Interfaces.Nodes;
using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.KubeApi;

/// <summary>What clients ask for beside pods.</summary>
/// <param name="feed">The pods.</param>
/// <param name="queries">Asks nodes.</param>
/// <param name="options">The default namespace.</param>
internal sealed class ClusterRequests(PodFeed feed, ClusterQueries queries, IOptions<KubeOptions> options)
{
    private static readonly TableColumn[] NamespaceColumns = [new("Name", "string"), new("Status", "string"), new("Age", "string")];

    private static readonly TableColumn[] NodeColumns =
        [new("Name", "string"), new("Status", "string"), new("Roles", "string"), new("Age", "string"), new("Version", "string")];

    /// <summary>Namespaces: the default one, and those that have a pod.</summary>
    /// <param name="context">The request.</param>
    /// <param name="target">What it asks for.</param>
    public async Task NamespacesAsync(HttpContext context, KubePath target)
    {
        var snapshot = await feed.ReadAsync(context.RequestAborted);
        KubeJson.Warn(context.Response, snapshot.Unreachable);
        var names = snapshot.Pods.Select(pod => pod.Namespace).Append(options.Value.KubeNamespace).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        await AnswerAsync(context, target, [.. names], "Namespace", NamespaceColumns, name => [name, "Active", HumanDuration.Unknown], WriteNamespace);
    }

    /// <summary>The nodes that answer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="target">What it asks for.</param>
    public async Task NodesAsync(HttpContext context, KubePath target)
    {
        var nodes = await queries.ListNodesAsync(context.RequestAborted);
        KubeJson.Warn(context.Response, nodes.Unreachable);
        var byName = nodes.Items.ToDictionary(node => node.Name, StringComparer.Ordinal);
        await AnswerAsync(
            context,
            target,
            [.. byName.Keys.Order(StringComparer.Ordinal)],
            "Node",
            NodeColumns,
            name => [name, "Ready", "<none>", HumanDuration.Unknown, byName[name].Version],
            (json, name) => WriteNode(json, byName[name]));
    }

    private static Task AnswerAsync(
        HttpContext context,
        KubePath target,
        IReadOnlyList<string> names,
        string kind,
        TableColumn[] columns,
        Func<string, string[]> cells,
        Action<Utf8JsonWriter, string> write)
    {
        if (target.Name is { } wanted)
        {
            names = names.Contains(wanted) ? [wanted] : throw new KubeStatusException(KubeStatus.NotFound(target.Resource, wanted));
        }

        var accept = TableAccept.Of(context.Request);
        return KubeJson.AnswerAsync(context.Response, json =>
        {
            if (accept is not null)
            {
                TableJson.Write(json, accept, columns, names.Select(name => new TableRow(cells(name), inner => write(inner, name), inner => WriteName(inner, name))));
            }
            else if (target.Name is not null)
            {
                write(json, target.Name);
            }
            else
            {
                ListJson.Write(json, kind, version: 1, names, write);
            }
        });
    }

    private static void WriteNamespace(Utf8JsonWriter json, string name)
    {
        Begin(json, "Namespace", name);
        json.WriteStartObject("status");
        json.WriteString("phase", "Active");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteNode(Utf8JsonWriter json, NodeInfo node)
    {
        Begin(json, "Node", node.Name);
        json.WriteStartObject("status");
        json.WriteStartArray("conditions");
        json.WriteStartObject();
        json.WriteString("type", "Ready");
        json.WriteString("status", "True");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("nodeInfo");
        json.WriteString("kubeletVersion", node.Version);
        json.WriteString("containerRuntimeVersion", $"criattach://{node.Version}");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter json, string kind, string name)
    {
        json.WriteStartObject();
        json.WriteString("kind", kind);
        json.WriteString("apiVersion", "v1");
        WriteName(json, name);
    }

    private static void WriteName(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject("metadata");
        json.WriteString("name", name);
        json.WriteEndObject();
    }
}
