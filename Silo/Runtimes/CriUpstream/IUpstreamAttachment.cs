using CriAttach.Interfaces.Stdio;

namespace CriAttach.Silo.Runtimes.CriUpstream;

/// <summary>
/// One connection to the standard streams of a container that another runtime holds, whatever the dialect. Reading, writing and resizing do not
/// wait for each other; each of them is called by one caller at a time. Disposing it lets go of the container.
/// </summary>
internal interface IUpstreamAttachment : IAsyncDisposable
{
    /// <summary>
    /// Reads the next output, all of one stream. What is not read stays with the runtime, and in the end with PID 1: that is the only brake there is.
    /// </summary>
    /// <param name="buffer">Where the bytes go; not empty.</param>
    /// <param name="cancellationToken">Ends the attempt; no byte is lost by it.</param>
    /// <returns>The stream and the number of bytes; 0 when the connection has ended, orderly or not: see <see cref="End"/>.</returns>
    ValueTask<UpstreamRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Gets words for people about how the connection ended; empty while it has not.</summary>
    string End { get; }

    /// <summary>Writes to PID 1's standard input; completes when the runtime has taken the bytes.</summary>
    /// <param name="data">The bytes; the caller's again when this is done.</param>
    /// <param name="cancellationToken">Ends the attempt; how much was written is then unknown.</param>
    /// <exception cref="IOException">The connection is gone, or PID 1 reads no more.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken);

    /// <summary>Ends PID 1's standard input while output goes on. Only called for StdinOnce without a terminal.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="NotSupportedException">The dialect knows no such thing; PID 1's input stays open.</exception>
    /// <exception cref="IOException">The connection is gone.</exception>
    ValueTask EndInputAsync(CancellationToken cancellationToken);

    /// <summary>Sets the size of PID 1's terminal. Only called for a container that has one, and with no dimension of zero.</summary>
    /// <param name="size">The size.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="IOException">The connection is gone.</exception>
    ValueTask ResizeAsync(TerminalSize size, CancellationToken cancellationToken);
}
