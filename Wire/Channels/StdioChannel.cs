namespace CriAttach.Wire.Channels;

/// <summary>The first byte of a channel message.</summary>
public enum StdioChannel : byte
{
    /// <summary>Client to server: bytes for the container's stdin.</summary>
    Stdin = 0,

    /// <summary>Server to client: bytes of the container's stdout.</summary>
    Stdout = 1,

    /// <summary>Server to client: bytes of the container's stderr.</summary>
    Stderr = 2,

    /// <summary>Server to client: how the session ended (<see cref="StatusCodec"/>).</summary>
    Status = 3,

    /// <summary>Client to server: terminal sizes (<see cref="ResizeReader"/>).</summary>
    Resize = 4,

    /// <summary>Both ways, <see cref="StreamProtocol.Resume"/> only: one JSON message in each frame (<see cref="Resume.ResumeCodec"/>).</summary>
    Control = 5,

    /// <summary>Client to server, v5 only: the second byte names a channel that the client has closed.</summary>
    Close = 255,
}
