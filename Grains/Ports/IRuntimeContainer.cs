using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams;

namespace CriAttach.Grains.Ports;

/// <summary>One container, as its runtime holds it. Disposing lets go of it without harm to PID 1 where the runtime can.</summary>
public interface IRuntimeContainer : IAsyncDisposable
{
    /// <summary>Gets what the container is now. A new object after each change.</summary>
    ContainerInfo Info { get; }

    /// <summary>Gets its standard streams.</summary>
    StdioEndpoint Stdio { get; }

    /// <summary>Gets a value indicating whether a client has ever been attached; outlives the silo.</summary>
    bool WasAttached { get; }

    /// <summary>Gets what completes when PID 1 has ended, its output is complete in the log, and <see cref="Info"/> tells the exit status.</summary>
    Task Exited { get; }

    /// <summary>Makes it ready for a session that is about to be opened. Afterwards <see cref="Info"/> tells the state as it is now, and <see cref="Stdio"/> is that of its sessions.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="NodeUnavailableException">Whoever holds the container does not answer.</exception>
    /// <exception cref="RuntimeFailureException">Its standard streams are out of reach.</exception>
    ValueTask PrepareAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Starts PID 1. Its output is read from the first byte.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ContainerStateException">It has been started before.</exception>
    /// <exception cref="RuntimeFailureException">It could not be started.</exception>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Sends PID 1 its stop signal, and SIGKILL after <paramref name="grace"/>. Completes after <see cref="Exited"/>; never waits for a reader of the output.</summary>
    /// <param name="grace">How long PID 1 may take.</param>
    /// <param name="cancellationToken">Ends the wait, not the stop.</param>
    /// <exception cref="RuntimeFailureException">PID 1 could not be ended.</exception>
    Task StopAsync(TimeSpan grace, CancellationToken cancellationToken);

    /// <summary>Removes what the container left: bundle, log, state. PID 1 must have ended, or never have run.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ContainerStateException">PID 1 runs.</exception>
    Task RemoveAsync(CancellationToken cancellationToken);

    /// <summary>Sets the size of PID 1's terminal. Nothing happens without a terminal, or where a dimension is zero.</summary>
    /// <param name="size">The size.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    ValueTask ResizeAsync(TerminalSize size, CancellationToken cancellationToken);

    /// <summary>Notes, lastingly, that a client has been attached: from now on no output counts as unseen.</summary>
    void MarkAttached();
}
