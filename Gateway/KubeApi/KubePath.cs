using System.Diagnostics.CodeAnalysis;

namespace CriAttach.Gateway.KubeApi;

// /api/v1/{resource}[/{name}[/{subresource}]]
// /api/v1/namespaces/{namespace}/{resource}[/{name}[/{subresource}]]

/// <summary>What a path of the core API asks for.</summary>
/// <param name="Resource">The resource, in the plural.</param>
/// <param name="Namespace">The namespace; none for all of them.</param>
/// <param name="Name">The object; none for the list.</param>
/// <param name="Subresource">The part of the object; none for the object itself.</param>
internal sealed record KubePath(string Resource, string? Namespace, string? Name, string? Subresource)
{
    private const string Root = "/api/v1/";
    private const string Namespaces = "namespaces";
    private const int MostParts = 3;

    /// <summary>Reads a path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="target">What it asks for.</param>
    public static bool TryParse(string path, [NotNullWhen(true)] out KubePath? target)
    {
        target = null;
        if (!path.StartsWith(Root, StringComparison.Ordinal))
        {
            return false;
        }

        var parts = path[Root.Length..].TrimEnd('/').Split('/');
        string? scope = null;
        if (parts is [Namespaces, var space, _, ..])
        {
            (scope, parts) = (space, parts[2..]);
        }

        if (parts.Length > MostParts || parts.Contains("") || scope is "")
        {
            return false;
        }

        target = new KubePath(parts[0], scope, parts.Length > 1 ? parts[1] : null, parts.Length > 2 ? parts[2] : null);
        return true;
    }
}
