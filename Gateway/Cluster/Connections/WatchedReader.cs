using System.IO.Pipelines;

namespace CriAttach.Gateway.Cluster.Connections;

/// <summary>What comes over a watched connection.</summary>
/// <param name="inner">The transport's reader.</param>
/// <param name="connection">The connection.</param>
internal sealed class WatchedReader(PipeReader inner, WatchedConnection connection) : PipeReader
{
    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        // A reader comes here for each piece that it has got, and only then.
        connection.Heard();
        inner.AdvanceTo(consumed, examined);
    }

    /// <inheritdoc/>
    public override void CancelPendingRead() => inner.CancelPendingRead();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    /// <inheritdoc/>
    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    /// <inheritdoc/>
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => inner.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public override bool TryRead(out ReadResult result) => inner.TryRead(out result);
}
