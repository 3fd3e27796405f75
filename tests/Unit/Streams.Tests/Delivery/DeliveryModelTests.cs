using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Delivery;
using CriAttach.Streams.Log;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Streams.Tests.Delivery;

/// <summary>
/// The real owner's end and the real subscriber's end with a network between them that drops, repeats and reorders, and an owner that forgets:
/// every byte is delivered once, in order, or told as a gap.
/// </summary>
public sealed class DeliveryModelTests
{
    private const int Steps = 400;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly DeliveryOptions Options = new() { Window = 64 * 1024, BatchSize = 4 * 1024 };

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task EverythingInMemory_EveryByteComesOnce(int seed) =>
        Task.Run(() => RunAsync(seed, new StdioLogOptions(), mayHold: true, mayLose: false));

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task LittleMemory_EveryByteComesOnceOrIsToldAsLost(int seed) =>
        Task.Run(() => RunAsync(seed, new StdioLogOptions { Limit = 64 * 1024, Retain = 0 }, mayHold: false, mayLose: true));

    private static async Task RunAsync(int seed, StdioLogOptions logOptions, bool mayHold, bool mayLose)
    {
        var random = new Random(seed);
        var clock = new TimerClock();
        using var subscriptions = new OutputSubscriptions(Microsoft.Extensions.Options.Options.Create(Options), clock, NullLogger<OutputSubscription>.Instance);
        using var log = new StdioLog(logOptions, epoch: 9, clock: clock);
        var network = new BadNetwork(subscriptions) { Log = log };
        var observer = new RecordingObserver();
        using var subscriber = new OutputSubscriber(Context(network, clock), observer, new StdioToken(0, 0), mayHold);
        var started = subscriber.StartAsync();
        network.Take(_ => 0, call: true)!.Meet(Fate.Arrive);
        await started.WaitAsync(Patience);
        await clock.TimersAsync(2).WaitAsync(Patience); // the sweep's and the renewal's
        var written = new MemoryStream();
        for (var step = 0; step < Steps; step++)
        {
            await StepAsync(random, clock, subscriptions, log, network, observer, subscriber, written);
        }

        observer.GoOn();
        log.Complete();
        for (var round = 0; !observer.Completed.IsCompleted; round++)
        {
            Assert.True(round < 300, $"seed {seed}: not at the end after {round} rounds; {observer.Bytes.Length} of {written.Length} bytes");
            while (network.Take(_ => 0, call: false) is { } message)
            {
                message.Meet(Fate.Arrive);
            }

            await PumpsHaveRunAsync().WaitAsync(Patience);
            clock.Advance(Options.LeaseInterval);
            await Task.WhenAny(network.CallAsync(), observer.Completed).WaitAsync(Patience);
        }

        await observer.Completed;
        Check(seed, observer, written.ToArray(), mayLose);
    }

    private static async Task StepAsync(
        Random random, FakeTimeProvider clock, OutputSubscriptions subscriptions, StdioLog log, BadNetwork network, RecordingObserver observer, OutputSubscriber subscriber, MemoryStream written)
    {
        switch (random.Next(20))
        {
            case < 7:
                var data = new byte[random.Next(1, 3000)];
                random.NextBytes(data);
                written.Write(data);
                log.Append(random.Next(2) == 0 ? StdioStream.Stdout : StdioStream.Stderr, data);
                break;
            case < 15:
                var fate = random.Next(12) switch { 0 => Fate.Drop, 1 => Fate.LoseAnswer, 2 or 3 => Fate.Twice, _ => Fate.Arrive };
                network.Take(random.Next, call: false)?.Meet(fate);
                break;
            case 15:
                subscriptions.Unsubscribe(subscriber.HandleId);
                break;
            case 16:
                observer.Stall();
                break;
            case 17:
                observer.GoOn();
                break;
            default:
                clock.Advance(Options.LeaseInterval);
                await network.CallAsync().WaitAsync(Patience);
                network.Take(_ => 0, call: true)!.Meet((Fate)random.Next(4));
                await PumpsHaveRunAsync().WaitAsync(Patience);
                break;
        }
    }

    /// <summary>New subscriptions begin on the pool's global queue, which this loop would otherwise outrun.</summary>
    private static Task PumpsHaveRunAsync()
    {
        var run = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ThreadPool.UnsafeQueueUserWorkItem(static run => run.SetResult(), run, preferLocal: false);
        return run.Task;
    }

    private static void Check(int seed, RecordingObserver observer, byte[] written, bool mayLose)
    {
        long expected = 0;
        foreach (var (kind, offset, length, data) in observer.Chunks)
        {
            Assert.True(offset == expected, $"seed {seed}: {kind} at {offset}, expected {expected}");
            Assert.True(kind == StdioChunkKind.Data || mayLose, $"seed {seed}: a gap of {length} at {offset}");
            Assert.True(kind == StdioChunkKind.Gap || written.AsSpan((int)offset, data.Length).SequenceEqual(data), $"seed {seed}: wrong bytes at {offset}");
            expected += length;
        }

        Assert.True(expected == written.Length, $"seed {seed}: ended at {expected} of {written.Length}");
    }

    internal static SubscriberContext Context(IStdioOwner owner, TimeProvider clock) => new()
    {
        StreamId = StreamId.Create(StdioStreams.OutputNamespace, "n/c"),
        Owner = owner,
        Factory = ObserverReferences.Factory,
        Options = Options,
        Clock = clock,
        Logger = NullLogger.Instance,
        Closed = _ => { },
    };
}
