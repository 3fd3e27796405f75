using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Logs;
using CriAttach.Interfaces.Sessions;
using CriAttach.Interfaces.Stdio;
using Orleans.Concurrency;

namespace CriAttach.Interfaces.Containers;

/// <summary>One container. Key: <see cref="ContainerKey"/>. The grain is a façade over its node's agent and lives on that node only.</summary>
[GrainInterfaceType("criattach.container"), Alias("criattach.container")]
public interface IContainerGrain : IGrainWithStringKey
{
    /// <summary>What the container is now.</summary>
    /// <exception cref="ContainerNotFoundException">The node has no such container.</exception>
    [Alias("get"), AlwaysInterleave]
    Task<ContainerInfo> GetAsync();

    /// <summary>Starts PID 1.</summary>
    /// <exception cref="ContainerNotFoundException">The node has no such container.</exception>
    /// <exception cref="ContainerStateException">It is not in the state <see cref="ContainerState.Created"/>.</exception>
    /// <exception cref="RuntimeFailureException">The runtime could not start it.</exception>
    [Alias("start"), ResponseTimeout("00:02:00")]
    Task<ContainerInfo> StartAsync();

    /// <summary>Asks PID 1 to end, and kills it after <paramref name="grace"/>. Never waits for an attached client.</summary>
    /// <param name="grace">How long PID 1 may take.</param>
    /// <exception cref="ContainerNotFoundException">The node has no such container.</exception>
    /// <exception cref="RuntimeFailureException">The runtime could not stop it.</exception>
    [Alias("stop"), AlwaysInterleave, ResponseTimeout("00:10:00")]
    Task<ContainerInfo> StopAsync(TimeSpan grace);

    /// <summary>Removes the container with its log.</summary>
    /// <param name="force">Whether to kill PID 1 first.</param>
    /// <exception cref="ContainerNotFoundException">The node has no such container.</exception>
    /// <exception cref="ContainerStateException">It runs, and <paramref name="force"/> is false.</exception>
    [Alias("remove"), ResponseTimeout("00:02:00")]
    Task RemoveAsync(bool force);

    /// <summary>Waits until PID 1 has ended and its exit status is known.</summary>
    /// <param name="patience">How long to wait at the most; at most 20 seconds count.</param>
    /// <returns>The container, exited or not.</returns>
    /// <exception cref="ContainerNotFoundException">The node has no such container.</exception>
    [Alias("waitExit"), AlwaysInterleave]
    Task<ContainerInfo> WaitExitAsync(TimeSpan patience);

    /// <summary>Reads a page of the container's CRI log, rotated files included.</summary>
    /// <param name="request">Which page.</param>
    /// <exception cref="ContainerNotFoundException">The node has no such container.</exception>
    /// <exception cref="RuntimeFailureException">The log cannot be read.</exception>
    [Alias("readLog"), AlwaysInterleave]
    Task<LogPage> ReadLogAsync(LogRequest request);

    /// <summary>Makes a session that a client can claim once with the token whose hash the request carries.</summary>
    /// <param name="request">What the client asked for.</param>
    /// <exception cref="ContainerNotFoundException">The node has no such container.</exception>
    /// <exception cref="ContainerStateException">The container does not run, nor does it wait for its start where the request allows that.</exception>
    /// <exception cref="TooManySessionsException">The node has as many unclaimed sessions as it may.</exception>
    [Alias("openSession"), AlwaysInterleave]
    Task<SessionInfo> OpenSessionAsync(OpenSessionRequest request);

    /// <summary>Sets the size of PID 1's terminal on behalf of a session. Without a terminal nothing happens.</summary>
    /// <param name="session">The id of the session that asks.</param>
    /// <param name="size">The new size; a zero in it is ignored.</param>
    [Alias("resize"), AlwaysInterleave]
    Task ResizeAsync(string session, TerminalSize size);
}
