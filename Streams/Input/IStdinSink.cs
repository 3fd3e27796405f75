namespace CriAttach.Streams.Input;

/// <summary>PID 1's standard input, as a runtime offers it. One call at a time.</summary>
public interface IStdinSink
{
    /// <summary>Gets a value indicating whether all that was written would reach PID 1 if this process died now.</summary>
    bool IsHandedOver => true;

    /// <summary>Writes bytes; completes when the runtime has taken them all; see <see cref="IsHandedOver"/>.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="cancellationToken">Ends the attempt; how much was written is then unknown.</param>
    /// <exception cref="StdinInterruptedException">Some of it may not reach PID 1; what comes later may.</exception>
    /// <exception cref="IOException">PID 1 no longer reads, or the runtime is gone.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken);

    /// <summary>Closes PID 1's standard input, for all sessions.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    ValueTask CloseAsync(CancellationToken cancellationToken);
}
