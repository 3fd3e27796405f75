using CriAttach.Silo.Native;
using CriAttach.Silo.Runtimes.CriUpstream.Cri;
using CriAttach.Streams.Input;
using CriAttach.Streams.Log;
using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Runtimes.CriUpstream;

/// <summary>What every container of this runtime needs.</summary>
internal sealed record UpstreamServices(
    CriClient Cri,
    UpstreamDialer Dialer,
    ReadinessPoller Poller,
    IOptions<CriUpstreamOptions> Options,
    IOptions<StdioLogOptions> LogOptions,
    IOptions<StdinOptions> StdinOptions,
    TimeProvider Clock,
    ILoggerFactory Loggers);
