namespace CriAttach.Testing.Kube;

/// <summary>The Kubernetes API of one gateway.</summary>
/// <param name="Url">Its URL.</param>
/// <param name="ConfigFile">The kubeconfig file that leads there.</param>
public sealed record KubeServer(Uri Url, string ConfigFile)
{
    /// <summary>The URL with the token in it: the one way in which kubectl shows a token over plain HTTP.</summary>
    public string UrlWithToken => $"{Url.Scheme}://criattach:{KubeAccess.Token}@{Url.Authority}";
}
