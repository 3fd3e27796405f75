using CriAttach.Interfaces.Faults;
using CriAttach.Silo.Runtimes.CriUpstream.Cri;
using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Runtimes.CriUpstream;

/// <summary>Attaches to containers of the runtime, in the dialect that it speaks.</summary>
internal sealed class UpstreamDialer(CriClient cri, IEnumerable<IUpstreamDialect> dialects, IOptions<CriUpstreamOptions> options)
{
    private readonly IUpstreamDialect[] _dialects = [.. dialects];

    /// <summary>Attaches.</summary>
    /// <param name="containerId">The container; it runs.</param>
    /// <param name="streams">What it has.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="CriAttachException">The runtime refused, or does not answer.</exception>
    /// <exception cref="IOException">Its streaming server did not do its part.</exception>
    public async Task<IUpstreamAttachment> OpenAsync(string containerId, UpstreamStreams streams, CancellationToken cancellationToken)
    {
        var splits = streams.Stderr && options.Value.Dialect != "isulad";
        var asked = splits ? streams with { Stderr = false } : streams;
        var url = await cri.AttachAsync(containerId, asked, cancellationToken).ConfigureAwait(false);
        var dialect = DialectFor(url);
        var main = await dialect.OpenAsync(url, asked, cancellationToken).ConfigureAwait(false);
        if (!splits)
        {
            return main;
        }

        try
        {
            var errors = streams with { Stdin = false, Stdout = false };
            url = await cri.AttachAsync(containerId, errors, cancellationToken).ConfigureAwait(false);
            return new SplitAttachment(main, await dialect.OpenAsync(url, errors, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            await main.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private IUpstreamDialect DialectFor(Uri url) => options.Value.Dialect == "auto"
        ? Array.Find(_dialects, dialect => dialect.Speaks(url)) ?? throw new RuntimeFailureException($"the runtime answered Attach with a URL of scheme '{url.Scheme}', which nothing here speaks")
        : Array.Find(_dialects, dialect => dialect.Name == options.Value.Dialect) ?? throw new RuntimeFailureException($"there is no dialect '{options.Value.Dialect}'");
}
