namespace CriAttach.AdminApi;

/// <summary>The event <c>gateway</c>: what the gateway that serves the feed does itself.</summary>
public sealed record GatewayView
{
    /// <summary>Gets the gateway's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the number of sessions that it serves now, of all kinds.</summary>
    public int Sessions { get; init; }

    /// <summary>Gets how many bytes of output it has sent to clients since it started.</summary>
    public long OutputBytes { get; init; }

    /// <summary>Gets how many bytes of input it has sent to nodes since it started.</summary>
    public long InputBytes { get; init; }

    /// <summary>Gets the time from a client's input to the next output to it, in milliseconds: half of the last ones took less; absent when there were none.</summary>
    public double? EchoP50Ms { get; init; }

    /// <summary>Gets the same time that one in a hundred exceeds.</summary>
    public double? EchoP99Ms { get; init; }
}
