using CriAttach.Interfaces.Containers;
using CriAttach.Silo.Runtimes.CriUpstream.Logs;
using CriAttach.Silo.State;

namespace CriAttach.Silo.Runtimes.CriUpstream;

/// <summary>What the pump asks of its container, and tells it.</summary>
internal interface IUpstreamEvents
{
    /// <summary>Gets the container's key.</summary>
    ContainerKey Key { get; }

    /// <summary>Gets what completes when PID 1 has ended; never where that cannot be seen.</summary>
    Task InitEnded { get; }

    /// <summary>Whether PID 1 may still run: so it is, while the runtime does not say otherwise.</summary>
    Task<bool> MayRunAsync(CancellationToken cancellationToken);

    /// <summary>Opens the log anew at its oldest file.</summary>
    /// <param name="start">The output offset that its first byte is to have.</param>
    /// <returns>None when there is none any more.</returns>
    UpstreamLog? OpenLog(long start);

    /// <summary>The files of the log are others than before.</summary>
    void NoteFiles(IReadOnlyList<KnownLogFile> files);

    /// <summary>Offsets of what was told have come apart from those of the log, or they are one again.</summary>
    void NoteDisorder(bool disordered);
}
