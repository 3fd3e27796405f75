using CriAttach.Interfaces.Stdio;

namespace CriAttach.Gateway.Streaming;

/// <summary>Where a transport puts what the client sends.</summary>
internal interface ISessionInput
{
    /// <summary>Takes bytes for PID 1. They are copied at once.</summary>
    /// <param name="data">The bytes; the caller's again on return.</param>
    /// <returns>Completes when there is room for more: until then the client is not to be read.</returns>
    Task WriteAsync(ReadOnlySpan<byte> data);

    /// <summary>Gets how many bytes are out of the way: it grows as long as PID 1 reads.</summary>
    long Delivered { get; }

    /// <summary>The client sends no more input. Output goes on.</summary>
    void End();

    /// <summary>The client is there, though it sends nothing for PID 1.</summary>
    void Touch();

    /// <summary>The client's terminal has a new size.</summary>
    /// <param name="size">The size.</param>
    void Resize(TerminalSize size);
}
