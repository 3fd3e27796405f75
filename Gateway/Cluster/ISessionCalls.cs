using CriAttach.Gateway.Streaming;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Sessions;
using CriAttach.Interfaces.Stdio;

namespace CriAttach.Gateway.Cluster;

/// <summary>What a running session asks of its node.</summary>
internal interface ISessionCalls
{
    /// <summary>Tells the node that a connection is done with its session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="cause">Why.</param>
    Task LeaveAsync(ClaimedSession session, EndCause cause);

    /// <summary>Sets the size of PID 1's terminal.</summary>
    /// <param name="container">The container.</param>
    /// <param name="session">The session that asks.</param>
    /// <param name="size">The size.</param>
    Task ResizeAsync(ContainerKey container, SessionKey session, TerminalSize size);

    /// <summary>Waits a bounded time for PID 1's exit code.</summary>
    /// <param name="container">The container.</param>
    /// <returns>The code; none when nobody could tell in time.</returns>
    Task<int?> WaitExitCodeAsync(ContainerKey container);
}
