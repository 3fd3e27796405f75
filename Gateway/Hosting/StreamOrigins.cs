using CriAttach.Gateway.Admin.Page;
using CriAttach.Gateway.Streaming;
using CriAttach.Gateway.Streaming.Resume;

namespace CriAttach.Gateway.Hosting;

/// <summary>The origins of the URLs that callers of the admin API get.</summary>
/// <param name="urls">Where sessions are opened.</param>
/// <param name="resume">Where they are resumed.</param>
internal sealed class StreamOrigins(IAttachUrls urls, IResumeUrls resume) : IStreamOrigins
{
    /// <inheritdoc/>
    public IReadOnlyList<string> All => [.. resume.All.Append(urls.For(UrlProfile.Cluster, token: "")).Select(url => new Uri(url).GetLeftPart(UriPartial.Authority)).Distinct()];
}
