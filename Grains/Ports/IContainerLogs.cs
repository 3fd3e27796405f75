using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Logs;

namespace CriAttach.Grains.Ports;

/// <summary>Reads containers' CRI logs, whoever writes them.</summary>
public interface IContainerLogs
{
    /// <summary>Reads a page. What it needs of the disk is read beside the caller's turn.</summary>
    /// <param name="logPath">The file that is written to; older ones are beside it. Empty where the container has no log.</param>
    /// <param name="exited">Completes when the log is complete.</param>
    /// <param name="request">Which page.</param>
    /// <exception cref="RuntimeFailureException">The log cannot be read.</exception>
    Task<LogPage> ReadAsync(string logPath, Task exited, LogRequest request);
}
