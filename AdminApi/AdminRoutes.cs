namespace CriAttach.AdminApi;

/// <summary>The routes of the admin API: the templates that the gateway maps, and the paths that clients ask for.</summary>
public static class AdminRoutes
{
    /// <summary>GET: the nodes, as <see cref="NodeList"/>.</summary>
    public const string Nodes = "/api/v1/nodes";

    /// <summary>GET: the containers, as <see cref="ContainerList"/>. POST of a <see cref="CreateContainerBody"/>: makes one, and starts it unless <see cref="CreateContainerBody.StartLater"/>; 201 with a <see cref="ContainerView"/>.</summary>
    public const string Containers = "/api/v1/containers";

    /// <summary>GET: one container, as <see cref="ContainerView"/>. DELETE: removes it, 204.</summary>
    public const string Container = "/api/v1/containers/{reference}";

    /// <summary>POST of an <see cref="AttachBody"/>: issues a streaming URL, as <see cref="AttachAnswer"/>. The container runs or is about to: <see cref="ContainerPhase.Created"/> is good too, so that nothing it says is missed.</summary>
    public const string Attach = "/api/v1/containers/{reference}/attach";

    /// <summary>POST without body: starts a container in the state <see cref="ContainerPhase.Created"/>, 200 with a <see cref="ContainerView"/>.</summary>
    public const string Start = "/api/v1/containers/{reference}/start";

    /// <summary>POST of a <see cref="StopBody"/>: stops PID 1, 200 with a <see cref="ContainerView"/>.</summary>
    public const string Stop = "/api/v1/containers/{reference}/stop";

    /// <summary>GET: the sessions that are issued or claimed, as <see cref="SessionList"/>.</summary>
    public const string Sessions = "/api/v1/sessions";

    /// <summary>GET: the recordings, as <see cref="RecordingList"/>.</summary>
    public const string Recordings = "/api/v1/recordings";

    /// <summary>GET: a recording as asciicast v3, <see cref="CastMediaType"/>; what there is of one that is still being written.</summary>
    public const string Recording = "/api/v1/recordings/{node}/{id}";

    /// <summary>The parameter in the templates that names a node.</summary>
    public const string NodeParameter = "node";

    /// <summary>The parameter in the templates that is an id.</summary>
    public const string IdParameter = "id";

    /// <summary>The query parameter of <see cref="Recordings"/> that keeps one container's, by its full id.</summary>
    public const string ContainerQuery = "container";

    /// <summary>The media type of a recording.</summary>
    public const string CastMediaType = "application/x-asciicast";

    /// <summary>The parameter in the templates that names a container: its id, a unique prefix of it, its name, or <c>namespace/pod/container</c>.</summary>
    public const string ReferenceParameter = "reference";

    /// <summary>The query parameter of <see cref="Containers"/> that keeps one node's.</summary>
    public const string NodeQuery = "node";

    /// <summary>The query parameter of <see cref="Containers"/> that keeps those in one <see cref="ContainerPhase"/>.</summary>
    public const string StateQuery = "state";

    /// <summary>The query parameter of DELETE on <see cref="Container"/>: <c>true</c> kills PID 1 first.</summary>
    public const string ForceQuery = "force";

    /// <summary>The media type of every error's body, a <see cref="Problem"/>.</summary>
    public const string ProblemMediaType = "application/problem+json";

    /// <summary>The path of a template for one container.</summary>
    /// <param name="template">A template with a container in it.</param>
    /// <param name="reference">What names the container.</param>
    public static string For(string template, string reference)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentException.ThrowIfNullOrEmpty(reference);
        return template.Replace("{" + ReferenceParameter + "}", Uri.EscapeDataString(reference), StringComparison.Ordinal);
    }

    /// <summary>The path of a recording.</summary>
    /// <param name="node">Its node.</param>
    /// <param name="id">Its id.</param>
    public static string ForRecording(string node, string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(node);
        ArgumentException.ThrowIfNullOrEmpty(id);
        return $"{Recordings}/{Uri.EscapeDataString(node)}/{Uri.EscapeDataString(id)}";
    }

    /// <summary>What names the container, from the value that ASP.NET's routing gives: it unescapes everything but a slash.</summary>
    /// <param name="routeValue">The value of <see cref="ReferenceParameter"/>.</param>
    public static string ReadReference(string routeValue)
    {
        ArgumentNullException.ThrowIfNull(routeValue);
        return routeValue.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
    }
}
