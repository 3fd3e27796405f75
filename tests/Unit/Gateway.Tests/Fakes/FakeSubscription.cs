using CriAttach.Gateway.Cluster;
using CriAttach.Interfaces.Stdio;
using Orleans.Streams;

namespace CriAttach.Gateway.Tests.Fakes;

/// <summary>A subscription that the test feeds.</summary>
internal sealed class FakeSubscription(StdioPosition from, bool mayHold, IAsyncObserver<StdioChunk> observer) : IAsyncDisposable
{
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StdioPosition From { get; } = from;

    public bool MayHold { get; } = mayHold;

    public IAsyncObserver<StdioChunk> Observer { get; } = observer;

    public Task Disposed => _disposed.Task;

    public Task SendAsync(long offset, int length, CountedOwner? owner = null) => Observer.OnNextAsync(Chunks.At(offset, length, owner));

    public ValueTask DisposeAsync()
    {
        _disposed.TrySetResult();
        return ValueTask.CompletedTask;
    }
}
