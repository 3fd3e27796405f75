namespace CriAttach.Silo.Runtimes.CriUpstream;

/// <summary>A way to speak to a runtime's streaming server. Which one is meant follows from the setting, or from the URL that the runtime gave.</summary>
internal interface IUpstreamDialect
{
    /// <summary>Gets the name by which the setting <c>CriAttach:CriUpstream:Dialect</c> chooses it.</summary>
    string Name { get; }

    /// <summary>Gets a value indicating whether standard error needs a session of its own, or the end of standard output may be lost.</summary>
    bool SplitsErrors => false;

    /// <summary>Whether this dialect is meant by a URL, where the setting is <c>auto</c>.</summary>
    /// <param name="url">What the runtime's Attach answered.</param>
    bool Speaks(Uri url);

    /// <summary>Opens a connection.</summary>
    /// <param name="url">What the runtime's Attach answered. It carries a token: no message of a fault holds it.</param>
    /// <param name="streams">What Attach was asked for.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="IOException">The streaming server is out of reach, refused, or broke the connection.</exception>
    Task<IUpstreamAttachment> OpenAsync(Uri url, UpstreamStreams streams, CancellationToken cancellationToken);
}
