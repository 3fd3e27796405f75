using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Delivery;
using CriAttach.Streams.Log;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Streams.Tests.Delivery;

public sealed class CatchUpTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task ArchiveHasTheBytes_NoneIsMissing()
    {
        var archive = new MemoryArchive();
        var (observer, written) = await ReadAllAsync(archive, kept: 1_000_000);
        Assert.All(observer.Chunks, chunk => Assert.Equal(StdioChunkKind.Data, chunk.Kind));
        Assert.Equal(written, observer.Bytes);
    }

    [Fact]
    public async Task ArchiveHasLostTheOldest_TheGapIsExactlyThat()
    {
        var archive = new MemoryArchive { Tail = 5000 };
        var (observer, written) = await ReadAllAsync(archive, kept: 1_000_000);
        Assert.Equal([(0L, 5000L)], observer.Chunks.Where(chunk => chunk.Kind == StdioChunkKind.Gap).Select(chunk => (chunk.Offset, chunk.Length)));
        Assert.Equal(written[5000..], observer.Bytes);
    }

    [Fact]
    public async Task ArchiveFails_TheGapIsToldAndTheRestComes()
    {
        var archive = new MemoryArchive { Fault = new InvalidOperationException("a runtime's bug") };
        var (observer, written) = await ReadAllAsync(archive, kept: 1_000_000);
        Assert.Equal(written.Length, observer.Chunks.Sum(chunk => chunk.Length));
        Assert.Contains(observer.Chunks, chunk => chunk.Kind == StdioChunkKind.Gap);
    }

    [Fact]
    public async Task CatchingUp_KeepsToTheWindow()
    {
        var (log, _) = LogOf(new MemoryArchive(), 1_000_000);
        var receiver = new ScriptedReceiver();
        var subscription = Subscription(log, receiver, window: 10_000);
        subscription.Start();
        await receiver.CountAsync(4).WaitAsync(Patience);
        Assert.Equal([2500, 2500, 2500, 2500], receiver.Batches.Select(batch => batch.Length));
    }

    [Fact]
    public async Task StoppedWhileTheFileIsOpened_TellsOfNoGap()
    {
        var gate = new TaskCompletionSource();
        var (log, _) = LogOf(new MemoryArchive { Gate = gate.Task }, 1_000_000);
        var receiver = new ScriptedReceiver();
        var subscription = Subscription(log, receiver, window: 10_000);
        subscription.Start();
        subscription.Stop();
        gate.SetResult();
        Assert.Empty(receiver.Batches);
    }

    private static OutputSubscription Subscription(StdioLog log, ScriptedReceiver receiver, int window)
    {
        var request = new SubscribeRequest { Subscription = Guid.NewGuid(), Generation = 1, Receiver = receiver, Window = window, MayHold = true, Offset = 0 };
        return new OutputSubscription(log, request, new SubscribeReply { Epoch = 1, Start = 0 }, new DeliveryOptions(), NullLogger.Instance);
    }

    private static async Task<(RecordingObserver Observer, byte[] Written)> ReadAllAsync(MemoryArchive archive, int kept)
    {
        var (log, written) = LogOf(archive, kept);
        var clock = new FakeTimeProvider();
        using var subscriptions = new OutputSubscriptions(Options.Create(new DeliveryOptions { Window = 64 * 1024 }), clock, NullLogger<OutputSubscription>.Instance);
        var observer = new RecordingObserver();
        using var subscriber = new OutputSubscriber(DeliveryModelTests.Context(new DirectOwner(subscriptions, log), clock), observer, new StdioToken(0, 0), mayHold: true);
        await subscriber.StartAsync();
        await observer.Completed.WaitAsync(Patience);
        return (observer, written);
    }

    /// <summary>A complete log that has let go of most of what was written.</summary>
    private static (StdioLog Log, byte[] Written) LogOf(MemoryArchive archive, int count)
    {
        var log = new StdioLog(new StdioLogOptions { Limit = 64 * 1024, Retain = 64 * 1024 }, epoch: 1, archive: archive);
        var written = new byte[count];
        new Random(3).NextBytes(written);
        for (var at = 0; at < count; at += 10_000)
        {
            archive.Write(written.AsSpan(at, 10_000));
            log.Append(StdioStream.Stdout, written.AsSpan(at, 10_000));
        }

        log.Complete();
        return (log, written);
    }
}
