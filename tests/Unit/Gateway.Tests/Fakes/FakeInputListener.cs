using System.Threading.Channels;
using CriAttach.Gateway.Streaming.Input;

namespace CriAttach.Gateway.Tests.Fakes;

/// <summary>Notes what it hears.</summary>
internal sealed class FakeInputListener : IInputListener
{
    public bool WantsDelivered { get; set; }

    /// <summary>Gets or sets what must have ended until it has heard what is delivered.</summary>
    public Task Hears { get; set; } = Task.CompletedTask;

    public Channel<long> Delivered { get; } = Channel.CreateUnbounded<long>();

    public Channel<(long From, long To)> Doubts { get; } = Channel.CreateUnbounded<(long, long)>();

    public Task DeliveredAsync(long offset)
    {
        Delivered.Writer.TryWrite(offset);
        return Hears;
    }

    public Task InDoubtAsync(long from, long to)
    {
        Doubts.Writer.TryWrite((from, to));
        return Task.CompletedTask;
    }
}
