namespace CriAttach.Gateway.KubeApi.Json;

/// <summary>A client's wish for a table made by the server, as kubectl's.</summary>
/// <param name="Version">The version of <c>meta.k8s.io</c>.</param>
/// <param name="Include">What to put beside the cells: <c>Metadata</c>, <c>Object</c> or <c>None</c>.</param>
internal sealed record TableAccept(string Version, string Include)
{
    /// <summary>The wish of a request; none where the client takes the objects.</summary>
    /// <param name="request">The request.</param>
    public static TableAccept? Of(HttpRequest request)
    {
        const StringSplitOptions clean = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        foreach (var media in request.Headers.Accept.SelectMany(line => line?.Split(',', clean) ?? []))
        {
            var parameters = media.Split(';', clean);
            if (parameters.Contains("as=Table"))
            {
                var include = request.Query["includeObject"].ToString();
                return new TableAccept(parameters.Contains("v=v1beta1") ? "v1beta1" : "v1", include.Length > 0 ? include : "Metadata");
            }

            if (parameters is ["application/json"])
            {
                return null;
            }
        }

        return null;
    }
}
