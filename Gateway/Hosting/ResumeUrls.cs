using CriAttach.Gateway.Streaming;
using CriAttach.Gateway.Streaming.Resume;
using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.Hosting;

/// <summary>The streaming URLs of all gateways that are configured; where none is, what this one hands out.</summary>
/// <param name="own">This gateway's URLs.</param>
/// <param name="options">The bases.</param>
internal sealed class ResumeUrls(IAttachUrls own, IOptions<ListenerOptions> options) : IResumeUrls
{
    // Made when the first session asks: the listener may have any free port, and gets it when the gateway starts.
    private readonly Lazy<IReadOnlyList<string>> _all = new(() => options.Value.ResumeBaseUrls.Count > 0
        ? [.. options.Value.ResumeBaseUrls.Select(one => $"{one.TrimEnd('/')}{AttachEndpoint.PathPrefix}")]
        : [own.For(UrlProfile.Cluster, token: "")]);

    /// <inheritdoc/>
    public IReadOnlyList<string> All => _all.Value;
}
