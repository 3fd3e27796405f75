using CriAttach.Interfaces.Sessions;
using CriAttach.Transports.Spdy;

namespace CriAttach.Gateway.Streaming.Spdy;

/// <summary>
/// A client's streams by their type. Clients open them one after the other in any order. The session begins when the error stream and all
/// that were asked for are there; the resize stream may come late, or without having been asked for, or never: client and kubelet do not
/// always mean the same by "tty".
/// </summary>
internal sealed class AttachStreamSet
{
    private readonly Dictionary<string, SpdyStream> _streams = [];
    private readonly Lock _gate = new();

    /// <summary>Gets the stream for the status.</summary>
    public SpdyStream? Error => Find("error");

    /// <summary>Gets the stream of input.</summary>
    public SpdyStream? Stdin => Find("stdin");

    /// <summary>Gets the stream of standard output.</summary>
    public SpdyStream? Stdout => Find("stdout");

    /// <summary>Gets the stream of standard error.</summary>
    public SpdyStream? Stderr => Find("stderr");

    /// <summary>Gets the stream of terminal sizes.</summary>
    public SpdyStream? Resize => Find("resize");

    /// <summary>Gets all of them.</summary>
    public IReadOnlyList<SpdyStream> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _streams.Values];
            }
        }
    }

    /// <summary>Takes a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <returns>False when its type is unknown or there already.</returns>
    public bool TryAdd(SpdyStream stream)
    {
        var type = stream.Headers["streamtype"];
        if (type is not ("error" or "stdin" or "stdout" or "stderr" or "resize"))
        {
            return false;
        }

        lock (_gate)
        {
            return _streams.TryAdd(type, stream);
        }
    }

    /// <summary>Whether the session can begin.</summary>
    /// <param name="wanted">What was asked for.</param>
    public bool IsComplete(AttachStreams wanted) =>
        Error is not null
        && (Stdin is not null || !wanted.Stdin)
        && (Stdout is not null || !wanted.Stdout)
        && (Stderr is not null || !wanted.Stderr);

    private SpdyStream? Find(string type)
    {
        lock (_gate)
        {
            return _streams.GetValueOrDefault(type);
        }
    }
}
