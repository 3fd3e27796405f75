using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Batches;
using CriAttach.Streams.Delivery;
using CriAttach.Streams.Log;
using CsCheck;

namespace CriAttach.Streams.Tests.Delivery;

public sealed class ResequencerTests
{
    [Fact]
    public void AnyOrderWithDuplicatesAndOldGenerations_GivesTheSequenceOnce() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[0, 20], Gen.Int[0, 1_000_000]).Sample(
            (count, noise, seed) =>
            {
                var random = new Random(seed);
                var batches = Enumerable.Range(0, count).Select(i => Batch(generation: 2, i * 3, end: i == count - 1)).ToList();
                var all = batches
                    .Concat(Enumerable.Range(0, noise).Select(_ => random.Next(2) == 0 ? batches[random.Next(count)] : Batch(generation: 1, 3 * random.Next(count), end: false)))
                    .ToArray();
                random.Shuffle(all);
                var begin = random.Next(all.Length + 1);
                var sequence = new Resequencer();
                var passed = new List<StdioBatch>();
                sequence.Restart(2);
                for (var i = 0; i <= all.Length; i++)
                {
                    if (i == begin)
                    {
                        sequence.Begin(0, epoch: 0, passed.Add);
                    }

                    if (i < all.Length)
                    {
                        sequence.Take(all[i], passed.Add);
                    }
                }

                Assert.Equal(batches.Select(batch => batch.Offset), passed.Select(batch => batch.Offset));
                Assert.True(sequence.Ended);
                passed.ForEach(batch => batch.Done());
                batches.ForEach(batch => batch.Release());
                Assert.All(batches, batch => Assert.Throws<InvalidOperationException>(batch.Slices[0].Owner.Retain));
            },
            iter: 500);

    [Fact]
    public void GapBeforeABatch_CountsAsItsBeginning()
    {
        var sequence = new Resequencer();
        var passed = new List<StdioBatch>();
        sequence.Restart(1);
        sequence.Begin(10, epoch: 0, passed.Add);
        var late = Batch(1, 33, end: false);
        sequence.Take(late, passed.Add);
        Assert.Empty(passed);
        sequence.Take(Batch(1, 30, end: false, gap: 20), passed.Add);
        Assert.Equal([30, 33], passed.Select(batch => batch.Offset));
        Assert.Equal(36, sequence.Expected);
    }

    [Fact]
    public void Restart_DropsWhatWaitedAndItsMemory()
    {
        var sequence = new Resequencer();
        sequence.Restart(1);
        var early = Batch(1, 30, end: false);
        sequence.Take(early, _ => Assert.Fail("out of order"));
        sequence.Restart(2);
        early.Release();
        Assert.Throws<InvalidOperationException>(early.Slices[0].Owner.Retain);
    }

    [Fact]
    public void BatchOfAnotherEpoch_IsNoneOfTheAttempt()
    {
        var sequence = new Resequencer();
        var passed = new List<StdioBatch>();
        sequence.Restart(1);
        sequence.Take(Batch(1, 3, end: false), passed.Add);
        sequence.Begin(0, epoch: 5, passed.Add);
        sequence.Take(Batch(1, 0, end: false), passed.Add);
        Assert.Empty(passed);
        sequence.Take(Batch(1, 0, end: false, epoch: 5), passed.Add);
        Assert.Equal([5], passed.Select(batch => batch.Epoch));
    }

    private static StdioBatch Batch(long generation, long offset, bool end, long gap = 0, long epoch = 0)
    {
        var block = new PooledBlock(3);
        return new StdioBatch([new LogSlice(StdioStream.Stdout, block, block.Memory[..3])], owned: false)
        {
            Channel = Guid.Empty,
            Generation = generation,
            Epoch = epoch,
            Offset = offset,
            Gap = gap,
            End = end,
        };
    }
}
