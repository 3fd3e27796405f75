using System.Threading.Channels;
using CriAttach.Gateway.Streaming.Input;

namespace CriAttach.Gateway.Tests.Fakes;

/// <summary>Notes what it hears.</summary>
internal sealed class FakeInputListener : IInputListener
{
    public bool WantsDelivered { get; set; }

    public Channel<long> Delivered { get; } = Channel.CreateUnbounded<long>();

    public Channel<(long From, long To)> Doubts { get; } = Channel.CreateUnbounded<(long, long)>();

    public Task DeliveredAsync(long offset)
    {
        Delivered.Writer.TryWrite(offset);
        return Task.CompletedTask;
    }

    public Task InDoubtAsync(long from, long to)
    {
        Doubts.Writer.TryWrite((from, to));
        return Task.CompletedTask;
    }
}
