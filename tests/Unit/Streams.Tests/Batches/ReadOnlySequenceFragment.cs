using System.Buffers;

namespace CriAttach.Streams.Tests.Batches;

/// <summary>A link of a sequence.</summary>
internal sealed class ReadOnlySequenceFragment : ReadOnlySequenceSegment<byte>
{
    public ReadOnlySequenceFragment(byte[] bytes) => Memory = bytes;

    public ReadOnlySequenceFragment Append(byte[] bytes)
    {
        var next = new ReadOnlySequenceFragment(bytes) { RunningIndex = RunningIndex + Memory.Length };
        Next = next;
        return next;
    }
}
