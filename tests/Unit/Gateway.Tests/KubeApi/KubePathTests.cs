using CriAttach.Gateway.KubeApi;

namespace CriAttach.Gateway.Tests.KubeApi;

public sealed class KubePathTests
{
    [Theory]
    [InlineData("/api/v1/pods", "pods", null, null, null)]
    [InlineData("/api/v1/namespaces", "namespaces", null, null, null)]
    [InlineData("/api/v1/namespaces/a", "namespaces", null, "a", null)]
    [InlineData("/api/v1/namespaces/a/pods", "pods", "a", null, null)]
    [InlineData("/api/v1/namespaces/a/pods/p", "pods", "a", "p", null)]
    [InlineData("/api/v1/namespaces/a/pods/p/log", "pods", "a", "p", "log")]
    [InlineData("/api/v1/nodes/n1", "nodes", null, "n1", null)]
    public void Path_Understood(string path, string resource, string? space, string? name, string? subresource)
    {
        Assert.True(KubePath.TryParse(path, out var target));
        Assert.Equal(new KubePath(resource, space, name, subresource), target);
    }

    [Theory]
    [InlineData("/api/v1/")]
    [InlineData("/api/v2/pods")]
    [InlineData("/api/v1/namespaces//pods")]
    [InlineData("/api/v1/namespaces/a/pods//log")]
    [InlineData("/api/v1/namespaces/a/pods/p/log/more")]
    public void Path_LeadsNowhere(string path) => Assert.False(KubePath.TryParse(path, out _));
}
