using System.Buffers;
using System.Buffers.Binary;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Batches;
using CriAttach.Streams.Log;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace CriAttach.Streams.Tests.Batches;

public sealed class StdioBatchCodecTests
{
    private const int HeaderLength = 52;

    private static readonly Serializer<StdioBatch> Serializer =
        new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer<StdioBatch>>();

    private static readonly Gen<(byte[][] Slices, long Offset, long Gap, bool End)> Batches =
        Gen.Select(Gen.Byte.Array[0, 3000].Array[0, StdioBatchCodec.MaxSlices], Gen.Long[0, long.MaxValue / 2], Gen.Long[-1, 1_000_000], Gen.Bool);

    [Fact]
    public void AnyBatch_IsReadAsItWasWritten() => Batches.Sample(
        sample =>
        {
            var (slices, offset, gap, end) = sample;
            var channel = Guid.NewGuid();
            var written = Batch(slices, channel, offset, gap, end);
            var read = Serializer.Deserialize(Serializer.SerializeToArray(written))!;
            Assert.Equal((channel, 5, 6, offset, gap, end), (read.Channel, read.Generation, read.Epoch, read.Offset, read.Gap, read.End));
            Assert.Equal(slices, read.Slices.Select(slice => slice.Data.ToArray()));
            Assert.Equal(written.Slices.Select(slice => slice.Stream), read.Slices.Select(slice => slice.Stream));
            read.Done();
            AssertReleased(read);
            written.Release();
        },
        iter: 500);

    [Fact]
    public void ReadInFragments_IsTheSame()
    {
        var bytes = Serializer.SerializeToArray(Batch([[1, 2], [3]], Guid.NewGuid(), 7, 0, end: true));
        ReadOnlySequenceFragment? first = null, last = null;
        foreach (var value in bytes)
        {
            last = last is null ? first = new ReadOnlySequenceFragment([value]) : last.Append([value]);
        }

        var read = Serializer.Deserialize(new ReadOnlySequence<byte>(first!, 0, last!, 1))!;
        Assert.Equal([1, 2, 3], read.Slices.SelectMany(slice => slice.Data.ToArray()));
    }

    [Fact]
    public void Truncated_IsRefused()
    {
        var bytes = Serializer.SerializeToArray(Batch([[1, 2, 3], [4]], Guid.NewGuid(), 7, 0, end: false));
        for (var length = 0; length < bytes.Length - 1; length++)
        {
            Assert.ThrowsAny<Exception>(() => Serializer.Deserialize(bytes.AsMemory(0, length)));
        }
    }

    [Theory]
    [InlineData(0)] // less than the bytes
    [InlineData(2)] // more than the bytes
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void SliceLengthContradicts_IsRefused(int length)
    {
        var bytes = Serializer.SerializeToArray(Batch([[1]], Guid.NewGuid(), 7, 0, end: false));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(HeaderAt(bytes) + HeaderLength + 1), length);
        Assert.Throws<SerializerException>(() => Serializer.Deserialize(bytes));
    }

    [Theory]
    [InlineData(0)] // bytes, and nothing that says whose
    [InlineData(2)]
    [InlineData(65)]
    [InlineData(ushort.MaxValue)]
    public void SliceCountContradicts_IsRefused(ushort count)
    {
        var bytes = Serializer.SerializeToArray(Batch([[1]], Guid.NewGuid(), 7, 0, end: false));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(HeaderAt(bytes) + 50), count);
        Assert.Throws<SerializerException>(() => Serializer.Deserialize(bytes));
    }

    [Fact]
    public void HeaderTooShort_IsRefused()
    {
        var bytes = Serializer.SerializeToArray(Batch([[1]], Guid.NewGuid(), 7, 0, end: false));
        bytes[HeaderAt(bytes) - 1] = HeaderLength - 1;
        Assert.Throws<SerializerException>(() => Serializer.Deserialize(bytes));
    }

    [Fact]
    public void HeaderOfALaterVersion_IsReadAndWhatItAddsIsSkipped()
    {
        var channel = Guid.NewGuid();
        var bytes = Serializer.SerializeToArray(Batch([[1, 2]], channel, 7, 3, end: true)).ToList();
        var at = HeaderAt([.. bytes]);
        bytes[at] = 9;
        bytes[at - 1] += 3;
        bytes[at - 2] += 3 * 2; // a one-byte varint: the value's lowest bit is bit 1
        bytes.InsertRange(at + HeaderLength, [77, 78, 79]);
        var read = Serializer.Deserialize(bytes.ToArray())!;
        Assert.Equal((channel, 7, 3, true), (read.Channel, read.Offset, read.Gap, read.End));
        Assert.Equal([1, 2], read.Slices[0].Data.ToArray());
    }

    [Fact]
    public void CallInOneProcess_SharesTheMemory()
    {
        var batch = Batch([[1]], Guid.NewGuid(), 0, 0, end: false);
        Assert.Same(batch, new StdioBatchCopier().DeepCopy(batch, null!));
        batch.Done();
        var kept = batch.Keep();
        batch.Release();
        Assert.Equal([1], kept.Slices[0].Data.ToArray());
        kept.Done();
        AssertReleased(kept);
    }

    private static StdioBatch Batch(byte[][] slices, Guid channel, long offset, long gap, bool end) => new(
        [.. slices.Select((data, i) =>
        {
            var block = new PooledBlock(Math.Max(1, data.Length));
            data.CopyTo(block.Memory);
            return new LogSlice((StdioStream)(1 + (i % 2)), block, block.Memory[..data.Length]);
        })],
        owned: false)
    {
        Channel = channel,
        Generation = 5,
        Epoch = 6,
        Offset = offset,
        Gap = gap,
        End = end,
    };

    private static void AssertReleased(StdioBatch batch)
    {
        foreach (var owner in batch.Slices.Select(slice => slice.Owner).Distinct())
        {
            Assert.Throws<InvalidOperationException>(owner.Retain);
        }
    }

    /// <summary>Where the header begins: behind its own length.</summary>
    private static int HeaderAt(byte[] bytes)
    {
        for (var i = 0; i < bytes.Length - 1; i++)
        {
            if (bytes[i] == HeaderLength && bytes[i + 1] == 1)
            {
                return i + 1;
            }
        }

        throw new InvalidOperationException("no header");
    }
}
