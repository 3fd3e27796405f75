using CriAttach.Gateway.Streaming;

namespace CriAttach.Gateway.Hosting;

/// <summary>The CRI unix socket is the kubelet's: it opens URLs on this machine. Everybody else gets the shared base URL.</summary>
internal sealed class UrlProfileSelector : IUrlProfileSelector
{
    /// <inheritdoc/>
    public UrlProfile For(HttpContext context) =>
        context.Features.Get<ListenerFeature>()?.Role == ListenerRole.Cri ? UrlProfile.Kubelet : UrlProfile.Cluster;
}
