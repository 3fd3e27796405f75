using CriAttach.Interfaces.Faults;

namespace CriAttach.Gateway.Streaming;

/// <summary>This gateway is about to stop and takes nothing new; another one does. gRPC: Unavailable; HTTP: 503.</summary>
internal sealed class GatewayDrainingException() : CriAttachException("the gateway is shutting down; ask another one");
