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

    /// <summary>GET: the sessions that live or, with <c>state=ended</c>, those that ended last; as <see cref="SessionList"/>.</summary>
    public const string Sessions = "/api/v1/sessions";

    /// <summary>GET: who the caller is, as <see cref="MeView"/>.</summary>
    public const string Me = "/api/v1/me";

    /// <summary>POST without body: an address that logs in once, 201 with a <see cref="LoginTicket"/>.</summary>
    public const string Tickets = "/api/v1/tickets";

    /// <summary>GET: what there is and what changes, as server-sent events with the names of <see cref="FeedEvents"/>.</summary>
    public const string Events = "/api/v1/events";

    /// <summary>GET: the description of this API for programs.</summary>
    public const string OpenApi = "/api/v1/openapi.json";

    /// <summary>POST of a <see cref="LoginBody"/>: logs the page in by a cookie, 204.</summary>
    public const string Login = "/login";

    /// <summary>POST without body: forgets the cookie, 204.</summary>
    public const string Logout = "/logout";

    /// <summary>The header that changes by a login need beside the cookie: <see cref="MeView.Csrf"/>.</summary>
    public const string CsrfHeader = "X-CriAttach-Csrf";

    /// <summary>The query parameter of <see cref="Containers"/> that keeps one namespace's.</summary>
    public const string NamespaceQuery = "namespace";

    /// <summary>The query parameter of <see cref="Containers"/> that keeps one pod's.</summary>
    public const string PodQuery = "pod";

    /// <summary>The query parameter of <see cref="Containers"/>, as often as wanted, that keeps those with a label: <c>key=value</c>, or <c>key</c> for any value.</summary>
    public const string LabelQuery = "label";

    /// <summary>The query parameter of <see cref="Containers"/> that keeps those in which a text occurs.</summary>
    public const string TextQuery = "text";

    /// <summary>The query parameter of <see cref="Containers"/> that bounds the length of the list.</summary>
    public const string LimitQuery = "limit";

    /// <summary>The query parameter of <see cref="Containers"/> that goes on where a list ended.</summary>
    public const string ContinueQuery = "continue";

    /// <summary>DELETE: ends a session, 204. Its client is told that an operator did, and <see cref="MessageQuery"/>.</summary>
    public const string Session = "/api/v1/sessions/{node}/{id}";

    /// <summary>POST of an <see cref="InputBody"/>: gives the container's input to this session alone, or back to all peers; 200 with a <see cref="SessionView"/>.</summary>
    public const string Input = "/api/v1/sessions/{node}/{id}/input";

    /// <summary>The parameter in the templates that names a node.</summary>
    public const string NodeParameter = "node";

    /// <summary>The parameter in the templates that is an id.</summary>
    public const string IdParameter = "id";

    /// <summary>The query parameter of <see cref="Sessions"/> and <see cref="Recordings"/> that keeps those of one container, by its full id.</summary>
    public const string ContainerQuery = "container";

    /// <summary>The query parameter of DELETE on <see cref="Session"/>: a sentence for its client, one line of at most 256 characters.</summary>
    public const string MessageQuery = "message";

    /// <summary>GET: the recordings, as <see cref="RecordingList"/>.</summary>
    public const string Recordings = "/api/v1/recordings";

    /// <summary>GET: a recording as asciicast v3, <see cref="CastMediaType"/>; what there is of one that is still being written.</summary>
    public const string Recording = "/api/v1/recordings/{node}/{id}";

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

    /// <summary>The path of a template for one session or recording.</summary>
    /// <param name="template">A template with a node and an id in it.</param>
    /// <param name="node">The node.</param>
    /// <param name="id">The id.</param>
    public static string For(string template, string node, string id)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentException.ThrowIfNullOrEmpty(node);
        ArgumentException.ThrowIfNullOrEmpty(id);
        return template
            .Replace("{" + NodeParameter + "}", Uri.EscapeDataString(node), StringComparison.Ordinal)
            .Replace("{" + IdParameter + "}", Uri.EscapeDataString(id), StringComparison.Ordinal);
    }

    /// <summary>The path of a template for one container.</summary>
    /// <param name="template">A template with a container in it.</param>
    /// <param name="reference">What names the container.</param>
    public static string For(string template, string reference)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentException.ThrowIfNullOrEmpty(reference);
        return template.Replace("{" + ReferenceParameter + "}", Uri.EscapeDataString(reference), StringComparison.Ordinal);
    }

    /// <summary>What names the container, from the value that ASP.NET's routing gives: it unescapes everything but a slash.</summary>
    /// <param name="routeValue">The value of <see cref="ReferenceParameter"/>.</param>
    public static string ReadReference(string routeValue)
    {
        ArgumentNullException.ThrowIfNull(routeValue);
        return routeValue.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
    }
}
