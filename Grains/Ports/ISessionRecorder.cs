using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Sessions;
using CriAttach.Interfaces.Stdio;

namespace CriAttach.Grains.Ports;

/// <summary>
/// Is told who is attached to what, and records what the policy says. But for the two that return a task, its members are called under the session table's lock:
/// they must neither wait nor call back.
/// </summary>
public interface ISessionRecorder
{
    /// <summary>Says how to end the sessions of a container that may not go on without a recording.</summary>
    /// <param name="end">Takes the container's id and a sentence for people.</param>
    void OnFailure(Action<string, string> end);

    /// <summary>A session is about to be opened.</summary>
    /// <param name="container">Its container.</param>
    /// <exception cref="RecordingFailedException">It would have to be recorded, and cannot be.</exception>
    Task CheckAsync(IRuntimeContainer container);

    /// <summary>A client is attached from now on.</summary>
    /// <param name="container">Its container.</param>
    /// <param name="session">Its session.</param>
    /// <param name="offset">Where the output begins that it gets; none for a session from before the silo's restart.</param>
    void Attached(IRuntimeContainer container, SessionInfo session, long? offset);

    /// <summary>Completes when what a container's clients see is being recorded, where the policy wants nothing to be seen without.</summary>
    /// <param name="containerId">The container.</param>
    /// <exception cref="RecordingFailedException">It cannot be recorded.</exception>
    Task ReadyAsync(string containerId);

    /// <summary>A session is over.</summary>
    /// <param name="session">The session, with why.</param>
    void Left(SessionInfo session);

    /// <summary>A container's terminal has a new size.</summary>
    /// <param name="containerId">The container.</param>
    /// <param name="size">The size.</param>
    void Resized(string containerId, TerminalSize size);
}
