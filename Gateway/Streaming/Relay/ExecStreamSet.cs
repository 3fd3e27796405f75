using CriAttach.Transports.Spdy;
using CriAttach.Wire.Spdy;

namespace CriAttach.Gateway.Streaming.Relay;

/// <summary>The streams of an exec on the runtime's side. A runtime begins when it has as many as its request says, so no other is opened.</summary>
/// <param name="Error">Where the status comes.</param>
/// <param name="Stdin">Where input goes.</param>
/// <param name="Stdout">Where standard output comes.</param>
/// <param name="Stderr">Where standard error comes.</param>
/// <param name="Resize">Where terminal sizes go.</param>
internal sealed record ExecStreamSet(SpdyStream Error, SpdyStream? Stdin, SpdyStream? Stdout, SpdyStream? Stderr, SpdyStream? Resize)
{
    /// <summary>Gets the streams that are read.</summary>
    public IEnumerable<SpdyStream> Readable => new[] { Error, Stdout, Stderr }.OfType<SpdyStream>();

    /// <summary>Opens the streams, in the order of client-go.</summary>
    /// <param name="connection">The connection to the runtime.</param>
    /// <param name="wanted">What the request asked for.</param>
    /// <exception cref="IOException">The runtime refused one, or is gone.</exception>
    /// <exception cref="TimeoutException">The runtime did not answer.</exception>
    public static async Task<ExecStreamSet> OpenAsync(SpdyConnection connection, ExecStreams wanted)
    {
        var set = new ExecStreamSet(
            await OpenAsync(connection, "error"),
            wanted.Stdin ? await OpenAsync(connection, "stdin") : null,
            wanted.Stdout ? await OpenAsync(connection, "stdout") : null,
            wanted.Stderr ? await OpenAsync(connection, "stderr") : null,
            wanted.Tty ? await OpenAsync(connection, "resize") : null);

        // Nothing is expected on these, and nothing may stop the connection.
        set.Stdin?.DiscardInput();
        set.Resize?.DiscardInput();
        return set;
    }

    private static Task<SpdyStream> OpenAsync(SpdyConnection connection, string type) =>
        connection.OpenAsync(new SpdyHeaders(new KeyValuePair<string, string>("streamType", type)));
}
