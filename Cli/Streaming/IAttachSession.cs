using CriAttach.Wire;

namespace CriAttach.Cli.Streaming;

/// <summary>
/// The client's end of one attach. One reader calls <see cref="ReadAsync"/> until it gives null; any number of writers send at the same time.
/// Every sender answers false when the session is over: its end tells why.
/// </summary>
internal interface IAttachSession : IAsyncDisposable
{
    /// <summary>Gets how the session ended; null until <see cref="ReadAsync"/> gave null.</summary>
    AttachEnd? End { get; }

    /// <summary>Waits for what PID 1 writes next.</summary>
    /// <param name="cancellationToken">Ends the wait, not the session.</param>
    /// <returns>The output; null when the session is over.</returns>
    ValueTask<AttachOutput?> ReadAsync(CancellationToken cancellationToken = default);

    /// <summary>Sends input to PID 1, as fast as the gateway takes it.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="cancellationToken">Ends the wait; a message that is half sent ends the connection.</param>
    ValueTask<bool> SendStdinAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default);

    /// <summary>Tells that no more input comes; output goes on.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<bool> CloseStdinAsync(CancellationToken cancellationToken = default);

    /// <summary>Tells the size of the terminal.</summary>
    /// <param name="size">The size.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<bool> ResizeAsync(WindowSize size, CancellationToken cancellationToken = default);

    /// <summary>Leaves: PID 1 runs on. The reader sees the end, at the latest after the close timeout.</summary>
    ValueTask DetachAsync();
}
