using CriAttach.Silo.CriLogs;
using CriAttach.Streams.Input;
using CriAttach.Streams.Log;
using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Runtimes.Process;

/// <summary>What every container of this runtime needs.</summary>
internal sealed record ProcessServices(
    IOptions<ProcessOptions> Options,
    IOptions<StdioLogOptions> LogOptions,
    IOptions<StdinOptions> StdinOptions,
    TimeProvider Clock,
    ILoggerFactory Loggers)
{
    /// <summary>Gets how much of a container's log is kept.</summary>
    public CriLogLimits LogLimits => new(Options.Value.LogMaxBytes, Options.Value.LogMaxFiles);
}
