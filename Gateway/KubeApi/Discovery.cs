namespace CriAttach.Gateway.KubeApi;

/// <summary>What clients ask before anything else: which versions and resources there are.</summary>
internal static class Discovery
{
    /// <summary>The list of events, which <c>kubectl describe</c> asks for: there are none.</summary>
    public const string NoEvents = """{"kind":"EventList","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[]}""";

    /// <summary>The answer to a path; none where it leads elsewhere.</summary>
    /// <param name="path">The path.</param>
    public static string? Find(string path) => path switch
    {
        "/version" or "/version/" => Version,
        "/api" or "/api/" => Versions,
        "/apis" or "/apis/" => Groups,
        "/api/v1" or "/api/v1/" => Resources,
        _ => null,
    };

    // Clients choose what they ask by the version: this is the newest one whose ways of attaching are all spoken here.
    private const string Version = """
        {"major":"1","minor":"32","gitVersion":"v1.32.0+criattach","gitCommit":"","gitTreeState":"clean","buildDate":"1970-01-01T00:00:00Z","goVersion":"none","compiler":"dotnet","platform":"linux/amd64"}
        """;

    private const string Versions = """
        {"kind":"APIVersions","versions":["v1"],"serverAddressByClientCIDRs":[]}
        """;

    private const string Groups = """
        {"kind":"APIGroupList","apiVersion":"v1","groups":[]}
        """;

    private const string Resources = """
        {"kind":"APIResourceList","groupVersion":"v1","resources":[
        {"name":"events","singularName":"event","namespaced":true,"kind":"Event","verbs":["list"],"shortNames":["ev"]},
        {"name":"namespaces","singularName":"namespace","namespaced":false,"kind":"Namespace","verbs":["get","list"],"shortNames":["ns"]},
        {"name":"nodes","singularName":"node","namespaced":false,"kind":"Node","verbs":["get","list"],"shortNames":["no"]},
        {"name":"pods","singularName":"pod","namespaced":true,"kind":"Pod","verbs":["get","list","watch"],"shortNames":["po"],"categories":["all"]},
        {"name":"pods/attach","singularName":"","namespaced":true,"kind":"PodAttachOptions","verbs":["create","get"]},
        {"name":"pods/log","singularName":"","namespaced":true,"kind":"Pod","verbs":["get"]}
        ]}
        """;
}
