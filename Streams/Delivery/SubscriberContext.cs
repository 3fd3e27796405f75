using Microsoft.Extensions.Logging;

namespace CriAttach.Streams.Delivery;

/// <summary>What a subscriber needs of its surroundings.</summary>
internal sealed record SubscriberContext
{
    /// <summary>Gets the stream.</summary>
    public required StreamId StreamId { get; init; }

    /// <summary>Gets the owning end.</summary>
    public required IStdioOwner Owner { get; init; }

    /// <summary>Gets what makes references for observers.</summary>
    public required IGrainFactory Factory { get; init; }

    /// <summary>Gets the settings.</summary>
    public required DeliveryOptions Options { get; init; }

    /// <summary>Gets the clock.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Gets the logger.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>Gets what to call when a subscriber is closed.</summary>
    public required Action<OutputSubscriber> Closed { get; init; }
}
