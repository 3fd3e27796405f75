using System.Threading.Channels;
using CriAttach.Gateway.Cluster;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Stdio;
using Orleans.Streams;

namespace CriAttach.Gateway.Tests.Fakes;

/// <summary>A container whose whole output is known: each subscription is fed as fast as its observer takes it.</summary>
internal sealed class FakeStdio : IContainerStdio
{
    private readonly Channel<FakeSubscription> _subscriptions = Channel.CreateUnbounded<FakeSubscription>();

    /// <summary>Gets the subscriptions, in order.</summary>
    public ChannelReader<FakeSubscription> Subscriptions => _subscriptions.Reader;

    /// <summary>Gets the input that was sent.</summary>
    public FakeInput Input { get; } = new();

    /// <summary>Gets or sets what a new subscription is given.</summary>
    public Action<FakeSubscription>? Serve { get; set; }

    public Task<IAsyncDisposable> SubscribeAsync(
        ContainerKey container, StdioPosition from, bool mayHold, IAsyncObserver<StdioChunk> observer, CancellationToken cancellationToken)
    {
        var subscription = new FakeSubscription(from, mayHold, observer);
        Serve?.Invoke(subscription);
        _subscriptions.Writer.TryWrite(subscription);
        return Task.FromResult<IAsyncDisposable>(subscription);
    }

    public Task<IStdioInput> OpenInputAsync(ContainerKey container, Guid producer, CancellationToken cancellationToken) =>
        Task.FromResult<IStdioInput>(Input);
}
