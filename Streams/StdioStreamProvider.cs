using System.Collections.Concurrent;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Delivery;
using CriAttach.Streams.Input;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Streams;

namespace CriAttach.Streams;

/// <summary>The Orleans stream provider of containers' standard streams. The bytes live on the container's node; nothing is stored or queued elsewhere.</summary>
internal sealed class StdioStreamProvider(
    IGrainFactory factory,
    IOptions<DeliveryOptions> options,
    TimeProvider clock,
    ILogger<OutputSubscriber> logger) : IStreamProvider
{
    private static readonly GrainType ContainerGrains = GrainType.Create("criattach.container");

    // Orleans holds observers weakly: this table keeps them alive.
    private readonly ConcurrentDictionary<Guid, OutputSubscriber> _subscribers = new();
    private readonly ConcurrentDictionary<Guid, InputProducer> _producers = new();

    /// <inheritdoc/>
    public string Name => StdioStreams.ProviderName;

    /// <inheritdoc/>
    public bool IsRewindable => true;

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is not <see cref="StdioChunk"/>.</exception>
    public IAsyncStream<T> GetStream<T>(StreamId streamId)
    {
        if (typeof(T) != typeof(StdioChunk))
        {
            throw new NotSupportedException($"this provider carries {nameof(StdioChunk)}, not {typeof(T).Name}");
        }

        var key = ContainerKey.Parse(streamId.GetKeyAsString());
        var grain = factory.GetGrain(GrainId.Create(ContainerGrains, key.ToString()));
        return (IAsyncStream<T>)(object)new StdioAsyncStream(this, streamId, grain.AsReference<IStdioOwner>());
    }

    /// <summary>Subscribes to a container's output.</summary>
    internal async Task<StreamSubscriptionHandle<StdioChunk>> SubscribeAsync(
        StreamId id, IStdioOwner owner, IAsyncObserver<StdioChunk> observer, StdioToken? from, bool mayHold)
    {
        var context = new SubscriberContext
        {
            StreamId = id,
            Owner = owner,
            Factory = factory,
            Options = options.Value,
            Clock = clock,
            Logger = logger,
            Closed = closed => _subscribers.TryRemove(closed.HandleId, out _),
        };
        var subscriber = new OutputSubscriber(context, observer, from, mayHold);
        _subscribers[subscriber.HandleId] = subscriber;
        await subscriber.StartAsync().ConfigureAwait(false);
        return subscriber;
    }

    /// <summary>Publishes a session's input.</summary>
    internal async Task PublishAsync(StreamId id, IStdioOwner owner, StdioChunk chunk)
    {
        if (chunk.Kind == StdioChunkKind.Gap || chunk.Stream != StdioStream.Stdin || chunk.Producer == Guid.Empty)
        {
            throw new ArgumentException($"not a piece of input for {id}: {chunk.Kind} of {chunk.Stream}", nameof(chunk));
        }

        var producer = _producers.GetOrAdd(chunk.Producer, static (key, state) => new InputProducer(key, state.Offset, state.owner, state.Value, state.clock), (chunk.Offset, owner, options.Value, clock));
        var over = chunk.Kind == StdioChunkKind.End;
        try
        {
            await producer.SendAsync(chunk).ConfigureAwait(false);
        }
        catch (InputClosedException)
        {
            over = true;
            throw;
        }
        finally
        {
            if (over)
            {
                _producers.TryRemove(chunk.Producer, out _);
            }
        }
    }

    /// <summary>A session sends no more by this process; another one may go on.</summary>
    internal void Forget(Guid producer) => _producers.TryRemove(producer, out _);

    /// <summary>The subscriptions that this process has to a stream.</summary>
    internal IList<StreamSubscriptionHandle<StdioChunk>> HandlesOf(StreamId id) =>
        [.. _subscribers.Values.Where(subscriber => subscriber.StreamId == id)];
}
