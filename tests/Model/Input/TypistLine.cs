using CriAttach.Model.Tests.Simulation;
using CriAttach.Streams.Delivery;
using CriAttach.Streams.Input;

namespace CriAttach.Model.Tests.Input;

/// <summary>One connection of a typist: a gateway's sending end, which goes on for a while when its client has left it.</summary>
internal sealed class TypistLine(Guid producer, long start, IStdioOwner owner, DeliveryOptions options, Life life)
{
    public Guid Producer { get; } = producer;

    public InputProducer Input { get; } = new(producer, start, owner, options, life);

    public Life Life { get; } = life;

    /// <summary>Gets or sets the offset up to which it has sent.</summary>
    public long Sent { get; set; } = start;

    /// <summary>Gets or sets how many chunks are under way.</summary>
    public int UnderWay { get; set; }
}
