using CriAttach.Silo.CriLogs;
using CriAttach.Silo.Native;
using CriAttach.Streams.Input;
using CriAttach.Streams.Log;
using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Runtimes.Conmon;

/// <summary>What every container of this runtime needs.</summary>
internal sealed record ConmonServices(
    OciRuntime Runtime,
    Cgroups Cgroups,
    ReadinessPoller Poller,
    IOptions<ConmonOptions> Options,
    IOptions<StdioLogOptions> LogOptions,
    IOptions<StdinOptions> StdinOptions,
    TimeProvider Clock,
    ILoggerFactory Loggers)
{
    /// <summary>Gets how much of a container's log is kept.</summary>
    public CriLogLimits LogLimits => new(Options.Value.LogMaxBytes, Options.Value.LogMaxFiles);
}
