using CriAttach.Gateway.Cluster;
using CriAttach.Gateway.Streaming.Output;
using CriAttach.Gateway.Streaming.Resume;
using CriAttach.Gateway.Telemetry;
using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.Streaming;

/// <summary>What all sessions share.</summary>
/// <param name="Stdio">The byte path.</param>
/// <param name="Outputs">The shared outputs.</param>
/// <param name="Calls">The grain calls.</param>
/// <param name="ResumeUrls">Where interrupted sessions are resumed.</param>
/// <param name="Options">The options.</param>
/// <param name="Metrics">The meters.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">The log.</param>
internal sealed record SessionServices(
    IContainerStdio Stdio,
    SharedOutputs Outputs,
    ISessionCalls Calls,
    IResumeUrls ResumeUrls,
    IOptions<StreamingOptions> Options,
    GatewayMetrics Metrics,
    TimeProvider Time,
    ILogger<AttachSession> Logger);
