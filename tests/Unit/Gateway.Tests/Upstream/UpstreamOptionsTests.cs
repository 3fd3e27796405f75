using CriAttach.Gateway.Upstream;

namespace CriAttach.Gateway.Tests.Upstream;

public sealed class UpstreamOptionsTests
{
    [Fact]
    public void Defaults_AsDocumented()
    {
        var options = new UpstreamOptions();
        Assert.Empty(options.Socket);
        Assert.True(options.RewriteStreamUrls);
        Assert.True(new UpstreamOptionsValidator().Validate(null, options).Succeeded);
    }

    [Theory]
    [InlineData("/run/containerd/containerd.sock", "/run/containerd/containerd.sock")]
    [InlineData("unix:///run/crio/crio.sock", "/run/crio/crio.sock")]
    public void PathAndUrl_AreBothTaken(string text, string path)
    {
        Assert.True(UpstreamSocket.TryParse(text, out var socket));
        Assert.Equal(path, socket.Path);
    }

    [Theory]
    [InlineData("run/containerd.sock")]
    [InlineData("unix://run/containerd.sock")]
    [InlineData("tcp://127.0.0.1:1234")]
    [InlineData("unix://")]
    [InlineData("/")]
    public void AnythingElse_IsRefusedByName(string text)
    {
        var result = new UpstreamOptionsValidator().Validate(null, new UpstreamOptions { Socket = text });
        Assert.True(result.Failed);
        Assert.Contains("CriAttach:Gateway:Upstream:Socket", result.FailureMessage, StringComparison.Ordinal);
        Assert.Contains(text, result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void PathTooLongForTheKernel_IsRefused() =>
        Assert.False(UpstreamSocket.TryParse("/" + new string('x', UpstreamSocket.MaxPathLength), out _));
}
