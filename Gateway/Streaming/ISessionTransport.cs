using CriAttach.Gateway.Streaming.Resume;
using CriAttach.Interfaces.Sessions;
using CriAttach.Wire.Channels;

namespace CriAttach.Gateway.Streaming;

/// <summary>What a session needs of a client's connection, whatever that speaks.</summary>
internal interface ISessionTransport : IAsyncDisposable
{
    /// <summary>Gets what a client that can come back is told besides; none for one that cannot.</summary>
    IResumeLink? Resume => null;

    /// <summary>Tells the client that the session stands, once it has made ready whatever its protocol asks of it.</summary>
    /// <param name="streams">The streams that it asked for.</param>
    /// <returns>How the client ended instead; none when the session stands.</returns>
    /// <exception cref="IOException">The connection is gone.</exception>
    ValueTask<ClientEnd?> StartAsync(AttachStreams streams);

    /// <summary>Sends output. One call at a time.</summary>
    /// <param name="frames">The output.</param>
    /// <returns>Completes when the memory is the caller's again and the connection can take more.</returns>
    /// <exception cref="IOException">The connection is gone.</exception>
    ValueTask WriteAsync(IReadOnlyList<OutputFrame> frames);

    /// <summary>Reads what the client sends until it stops. Once.</summary>
    /// <param name="input">Where it goes.</param>
    Task<ClientEnd> ReceiveAsync(ISessionInput input);

    /// <summary>Tells the client how the session ended and that nothing follows. The connection stays open for the client to close.</summary>
    /// <param name="status">The status; none where the client is the one who left or broke the protocol.</param>
    Task FinishAsync(SessionStatus? status);

    /// <summary>After a fault of the client: reads and throws away until it closes, or for as long as it may.</summary>
    /// <param name="cancellationToken">Ends the wait; the connection then closes in good order.</param>
    Task DrainAsync(CancellationToken cancellationToken);

    /// <summary>Cuts the connection.</summary>
    void Abort();
}
