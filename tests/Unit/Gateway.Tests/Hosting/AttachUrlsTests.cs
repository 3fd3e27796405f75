using System.Net;
using CriAttach.Gateway.Hosting;
using CriAttach.Gateway.Streaming;

namespace CriAttach.Gateway.Tests.Hosting;

public sealed class AttachUrlsTests
{
    [Theory]
    [InlineData(true, "127.0.0.1:4711", "https://attach.example.org", "http://127.0.0.1:4711/attach/t")]
    [InlineData(true, "0.0.0.0:4711", "", "http://127.0.0.1:4711/attach/t")]
    [InlineData(true, "[::1]:4711", "", "http://[::1]:4711/attach/t")]
    [InlineData(true, "10.1.2.3:80", "", "http://10.1.2.3:80/attach/t")]
    [InlineData(false, "127.0.0.1:4711", "", "http://127.0.0.1:4711/attach/t")]
    [InlineData(false, "127.0.0.1:4711", "https://attach.example.org", "https://attach.example.org/attach/t")]
    [InlineData(false, "127.0.0.1:4711", "https://example.org/cri/", "https://example.org/cri/attach/t")]
    public void Make_ByProfile(bool kubelet, string listener, string baseUrl, string expected) =>
        Assert.Equal(expected, AttachUrls.Make(kubelet ? UrlProfile.Kubelet : UrlProfile.Cluster, "t", IPEndPoint.Parse(listener), baseUrl));
}
