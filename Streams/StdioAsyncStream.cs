using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Delivery;
using Orleans.Streams;

namespace CriAttach.Streams;

/// <summary>A container's output, to subscribe to, or its input, to publish to.</summary>
internal sealed class StdioAsyncStream(StdioStreamProvider provider, StreamId id, IStdioOwner owner) : IAsyncStream<StdioChunk>
{
    /// <summary>As <c>filterData</c>: this subscriber never slows PID 1 down.</summary>
    public const string NeverBlock = "never-block";

    /// <inheritdoc/>
    public bool IsRewindable => IsOutput;

    /// <inheritdoc/>
    public string ProviderName => StdioStreams.ProviderName;

    /// <inheritdoc/>
    public StreamId StreamId => id;

    private bool IsOutput => id.GetNamespace() == StdioStreams.OutputNamespace;

    /// <inheritdoc/>
    public Task<StreamSubscriptionHandle<StdioChunk>> SubscribeAsync(IAsyncObserver<StdioChunk> observer) =>
        SubscribeAsync(observer, null);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The token or the filter is not one of this provider.</exception>
    public Task<StreamSubscriptionHandle<StdioChunk>> SubscribeAsync(IAsyncObserver<StdioChunk> observer, StreamSequenceToken? token, string? filterData = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        if (!IsOutput)
        {
            throw new NotSupportedException("input is published to, not subscribed to");
        }

        if (token is not null and not StdioToken)
        {
            throw new ArgumentException($"not a token of this provider: {token.GetType().Name}", nameof(token));
        }

        return filterData is null or NeverBlock
            ? provider.SubscribeAsync(id, owner, observer, (StdioToken?)token, mayHold: filterData is null)
            : throw new ArgumentException($"unknown filter '{filterData}'; the one that there is: '{NeverBlock}'", nameof(filterData));
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: chunks are batches already.</exception>
    public Task<StreamSubscriptionHandle<StdioChunk>> SubscribeAsync(IAsyncBatchObserver<StdioChunk> observer) =>
        throw new NotSupportedException("subscribe with an IAsyncObserver");

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: chunks are batches already.</exception>
    public Task<StreamSubscriptionHandle<StdioChunk>> SubscribeAsync(IAsyncBatchObserver<StdioChunk> observer, StreamSequenceToken? token) =>
        throw new NotSupportedException("subscribe with an IAsyncObserver");

    /// <inheritdoc/>
    public Task OnNextAsync(StdioChunk item, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(item);
        return IsOutput
            ? throw new NotSupportedException("output is what the container writes; nobody else publishes it")
            : provider.PublishAsync(id, owner, item);
    }

    /// <inheritdoc/>
    public async Task OnNextBatchAsync(IEnumerable<StdioChunk> batch, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        foreach (var chunk in batch)
        {
            await OnNextAsync(chunk, token).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: a producer ends with a chunk of its own kind.</exception>
    public Task OnCompletedAsync() => throw new NotSupportedException("publish a chunk of the kind End");

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always.</exception>
    public Task OnErrorAsync(Exception ex) => throw new NotSupportedException("errors are not published");

    /// <inheritdoc/>
    public Task<IList<StreamSubscriptionHandle<StdioChunk>>> GetAllSubscriptionHandles() =>
        Task.FromResult(provider.HandlesOf(id));

    /// <inheritdoc/>
    public bool Equals(IAsyncStream<StdioChunk>? other) => other is not null && other.StreamId == id && other.ProviderName == ProviderName;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IAsyncStream<StdioChunk> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => id.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(IAsyncStream<StdioChunk>? other) => other is null ? 1 : id.CompareTo(other.StreamId);
}
