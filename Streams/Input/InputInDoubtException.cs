namespace CriAttach.Streams.Input;

/// <summary>The node's silo died, or its way to PID 1 broke, while input was under way. Nobody knows whether PID 1 got it, so it is not sent again. Later input goes on.</summary>
/// <param name="from">The offset of the first byte in doubt.</param>
/// <param name="to">The offset behind the last one.</param>
public sealed class InputInDoubtException(long from, long to)
    : Exception($"{to - from} bytes of input at offset {from} were under way when the silo, or its way to the container, ended; they may or may not have arrived")
{
    /// <summary>Gets the offset of the first byte in doubt.</summary>
    public long From { get; } = from;

    /// <summary>Gets the offset behind the last byte in doubt.</summary>
    public long To { get; } = to;
}
