using CriAttach.Gateway.Telemetry;
using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.Streaming.Relay;

/// <summary>What all relays share.</summary>
/// <param name="Live">The sessions of all kinds.</param>
/// <param name="Options">The options.</param>
/// <param name="Metrics">The meters.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">The log.</param>
internal sealed record RelayServices(
    LiveSessions Live, IOptions<StreamingOptions> Options, GatewayMetrics Metrics, TimeProvider Time, ILogger<RelayEndpoint> Logger);
