using CriAttach.Transports.Spdy;

namespace CriAttach.Gateway.Streaming.Relay;

/// <summary>A client that forwards ports.</summary>
/// <param name="Connection">Its connection, not yet started.</param>
/// <param name="Abort">Cuts it.</param>
internal sealed record PortForwardClient(SpdyConnection Connection, Action Abort);
