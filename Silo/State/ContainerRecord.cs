using CriAttach.Interfaces.Containers;
using CriAttach.Silo.Native;

namespace CriAttach.Silo.State;

/// <summary>What is kept of a container in its <c>container.json</c>: enough to find it again after the silo was gone.</summary>
internal sealed record ContainerRecord
{
    /// <summary>Gets what anyone may see of it.</summary>
    public required ContainerInfo Info { get; init; }

    /// <summary>Gets the continuity of its output's offsets.</summary>
    public required long Epoch { get; init; }

    /// <summary>Gets a value indicating whether a client has ever been attached.</summary>
    public bool WasAttached { get; init; }

    /// <summary>Gets a value indicating whether PID 1's standard input was closed for ever.</summary>
    public bool StdinClosed { get; init; }

    /// <summary>Gets PID 1.</summary>
    public ProcessIdentity? Init { get; init; }

    /// <summary>Gets the conmon that holds it.</summary>
    public ProcessIdentity? Conmon { get; init; }

    /// <summary>Gets what holds its standard input open while there is no silo.</summary>
    public ProcessIdentity? StdinHolder { get; init; }

    /// <summary>Gets the log files that another runtime wrote, the oldest first.</summary>
    public IReadOnlyList<KnownLogFile>? LogFiles { get; init; }

    /// <summary>Gets a value indicating whether output was told in another order than that of the log, so that offsets mean nothing to the next silo.</summary>
    public bool Disordered { get; init; }
}
