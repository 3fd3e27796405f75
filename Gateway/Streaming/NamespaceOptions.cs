using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Streaming;

/// <summary>What sessions of one namespace's containers have of their own. Section <c>CriAttach:Gateway:Namespaces:&lt;namespace&gt;</c>.</summary>
internal sealed class NamespaceOptions
{
    /// <summary>Gets or sets what happens when a client is slow; none for the gateway's own.</summary>
    public Delivery? Delivery { get; set; }

    /// <summary>Gets or sets the rate below which a session loses the right to slow PID 1 down; none for the gateway's own.</summary>
    public int? MinRate { get; set; }

    /// <summary>Gets or sets the time over which that is measured; none for the gateway's own.</summary>
    public TimeSpan? StallTimeout { get; set; }
}
