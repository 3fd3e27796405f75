using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Batches;
using CriAttach.Streams.Log;

namespace CriAttach.Model.Tests.Nodes;

/// <summary>A batch in a message. It is written to the wire as late as can be: who sent it must not have let go of its memory.</summary>
internal sealed class BatchMessage(StdioBatch batch)
{
    /// <summary>The batch as the far end reads it.</summary>
    public StdioBatch OnTheWire() => Copy([.. batch.Slices.Select(slice => (slice.Stream, slice.Data))], owned: true);

    /// <summary>The same message once more. The first may be answered, and its memory gone, before this one arrives.</summary>
    public BatchMessage Again() => new(OnTheWire());

    private StdioBatch Copy((StdioStream Stream, ReadOnlyMemory<byte> Data)[] parts, bool owned) => new(
        [.. parts.Select(part =>
        {
            var block = new PooledBlock(Math.Max(1, part.Data.Length));
            part.Data.CopyTo(block.Memory);
            return new LogSlice(part.Stream, block, block.Memory[..part.Data.Length]);
        })],
        owned)
    {
        Channel = batch.Channel,
        Generation = batch.Generation,
        Epoch = batch.Epoch,
        Offset = batch.Offset,
        Gap = batch.Gap,
        End = batch.End,
    };
}
