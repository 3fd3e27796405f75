using CriAttach.Streams.Input;

namespace CriAttach.Silo.Runtimes.Conmon;

/// <summary>A standard input that was closed before the silo was started.</summary>
internal sealed class ClosedStdin : IStdinSink
{
    /// <inheritdoc/>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) =>
        ValueTask.FromException(new IOException("PID 1's standard input is closed"));

    /// <inheritdoc/>
    public ValueTask CloseAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
