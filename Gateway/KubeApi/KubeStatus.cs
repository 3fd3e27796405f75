namespace CriAttach.Gateway.KubeApi;

/// <summary>A failure in the API server's words (<c>metav1.Status</c>), which clients print as they are.</summary>
/// <param name="Code">The HTTP status.</param>
/// <param name="Reason">The reason that clients decide by.</param>
/// <param name="Message">The sentence for people.</param>
/// <param name="Resource">The resource that it is about; empty for none.</param>
/// <param name="Name">The object that it is about; empty for none.</param>
internal sealed record KubeStatus(int Code, string Reason, string Message, string Resource = "", string Name = "")
{
    /// <summary>Gets the answer to who may not.</summary>
    public static KubeStatus Unauthorized { get; } = new(StatusCodes.Status401Unauthorized, "Unauthorized", "Unauthorized");

    /// <summary>Gets the answer to a path that leads nowhere.</summary>
    public static KubeStatus NoSuchPath { get; } =
        new(StatusCodes.Status404NotFound, "NotFound", "the server could not find the requested resource");

    /// <summary>Gets the answer to a method that the path does not have.</summary>
    public static KubeStatus MethodNotAllowed { get; } =
        new(StatusCodes.Status405MethodNotAllowed, "MethodNotAllowed", "the server does not allow this method on the requested resource");

    /// <summary>The request makes no sense.</summary>
    /// <param name="message">Why.</param>
    public static KubeStatus BadRequest(string message) => new(StatusCodes.Status400BadRequest, "BadRequest", message);

    /// <summary>The caller may not.</summary>
    /// <param name="message">Why.</param>
    public static KubeStatus Forbidden(string message) => new(StatusCodes.Status403Forbidden, "Forbidden", message);

    /// <summary>There is no such object.</summary>
    /// <param name="resource">The resource, in the plural.</param>
    /// <param name="name">The object's name.</param>
    public static KubeStatus NotFound(string resource, string name) =>
        new(StatusCodes.Status404NotFound, "NotFound", $"{resource} \"{name}\" not found", resource, name);

    /// <summary>A parameter has a value that it cannot have.</summary>
    /// <param name="kind">What the parameter belongs to.</param>
    /// <param name="name">The object's name.</param>
    /// <param name="fault">The parameter, and what is wrong with it.</param>
    public static KubeStatus Invalid(string kind, string name, string fault) =>
        new(StatusCodes.Status422UnprocessableEntity, "Invalid", $"{kind} \"{name}\" is invalid: {fault}", kind, name);
}
