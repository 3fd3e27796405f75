using CriAttach.Interfaces.Containers;
using CriAttach.Streams.Input;
using CriAttach.Streams.Log;

namespace CriAttach.Streams;

/// <summary>The two ends of a container's standard streams on its node.</summary>
/// <param name="key">The container.</param>
/// <param name="output">What PID 1 has written.</param>
/// <param name="input">What sessions send to PID 1; none for a container without standard input.</param>
public sealed class StdioEndpoint(ContainerKey key, StdioLog output, StdinQueue? input)
{
    /// <summary>Gets the container.</summary>
    public ContainerKey Key { get; } = key;

    /// <summary>Gets what PID 1 has written.</summary>
    public StdioLog Output { get; } = output;

    /// <summary>Gets what sessions send to PID 1; none for a container without standard input.</summary>
    public StdinQueue? Input { get; } = input;
}
