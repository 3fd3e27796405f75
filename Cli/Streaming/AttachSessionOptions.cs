using CriAttach.Wire.Channels;
using CriAttach.Wire.Resume;

namespace CriAttach.Cli.Streaming;

/// <summary>The clocks and limits of an <see cref="AttachSession"/>.</summary>
internal sealed record AttachSessionOptions
{
    /// <summary>Gets how long connecting and the handshake may take; 15 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets how often the gateway is pinged; 5 s, as Kubernetes' clients do.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets how long the gateway may be silent, while we listen, before the connection counts as lost; 60 s.</summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets how long good manners at the end may take; 2 s.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets the clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Gets the protocols that are offered, the best first.</summary>
    public IReadOnlyList<StreamProtocol> Offers { get; init; } = [StreamProtocol.V5];

    /// <summary>Gets what hears the messages of the control channel, in the order in which they come between the output; null for nobody.</summary>
    public Action<ResumeMessage>? Control { get; init; }
}
