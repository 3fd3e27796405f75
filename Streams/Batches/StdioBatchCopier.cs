using Orleans.Serialization.Cloning;

namespace CriAttach.Streams.Batches;

/// <summary>A call inside one process hands the batch over as it is: <see cref="StdioBatch"/> is immutable and its caller keeps its memory.</summary>
[RegisterCopier]
internal sealed class StdioBatchCopier : IDeepCopier<StdioBatch>
{
    /// <inheritdoc/>
    public StdioBatch? DeepCopy(StdioBatch? input, CopyContext context) => input;
}
