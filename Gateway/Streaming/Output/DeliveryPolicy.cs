using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Streaming.Output;

/// <summary>When a session may slow PID 1 down.</summary>
/// <param name="NeverBlock">Whether it never may.</param>
/// <param name="MinRate">The rate, in bytes a second, below which it loses the right.</param>
/// <param name="StallTimeout">The time over which that is measured.</param>
internal sealed record DeliveryPolicy(bool NeverBlock, int MinRate, TimeSpan StallTimeout)
{
    /// <summary>The policy of a session: its namespace's goes before the gateway's, and its client may only ask for less.</summary>
    /// <param name="options">The gateway's options.</param>
    /// <param name="podNamespace">The namespace of the container's pod.</param>
    /// <param name="asked">What the client asked for.</param>
    public static DeliveryPolicy For(StreamingOptions options, string podNamespace, Delivery asked)
    {
        var its = options.Namespaces.TryGetValue(podNamespace, out var found) ? found : null;
        var configured = its?.Delivery ?? options.Delivery;
        return new DeliveryPolicy(configured == Delivery.NeverBlock || asked == Delivery.NeverBlock, its?.MinRate ?? options.MinRate, its?.StallTimeout ?? options.StallTimeout);
    }
}
