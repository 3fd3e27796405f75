using CriAttach.Gateway.Streaming;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Sessions;
using CriAttach.Interfaces.Stdio;

namespace CriAttach.Gateway.Cluster;

/// <summary>The grain calls of running sessions, by the direct client of the session's node.</summary>
/// <param name="nodes">The direct clients.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class SessionCalls(NodeClients nodes, TimeProvider time, ILogger<SessionCalls> logger) : ISessionCalls
{
    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan CallPatience = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public async Task LeaveAsync(ClaimedSession session, EndCause cause)
    {
        try
        {
            await nodes.TellAsync(
                session.Key.Node,
                client => Leave(client.GetGrain<ISessionGrain>(session.Key.ToString())).WaitAsync(CallPatience, time),
                CancellationToken.None);
        }
        catch (Exception fault)
        {
            // The node learns of it when nobody renews the session's lease any more.
            Log.EndFailed(logger, session.Key.Id, fault);
        }

        // A node of the release before does not know connections, and does not tell the session's id.
        Task Leave(ISessionGrain grain) => session.Claim.SessionId.Length > 0 ? grain.LeaveAsync(session.Connection, cause) : grain.EndAsync(cause);
    }

    /// <inheritdoc/>
    public async Task ResizeAsync(ContainerKey container, SessionKey session, TerminalSize size)
    {
        try
        {
            await nodes.TellAsync(
                container.Node,
                client => client.GetGrain<IContainerGrain>(container.ToString()).ResizeAsync(session.Id, size).WaitAsync(CallPatience, time),
                CancellationToken.None);
        }
        catch (Exception fault)
        {
            Log.ResizeFailed(logger, session.Id, container, fault);
        }
    }

    /// <inheritdoc/>
    public async Task<int?> WaitExitCodeAsync(ContainerKey container)
    {
        try
        {
            var info = await nodes.AskAsync(
                container.Node,
                client => client.GetGrain<IContainerGrain>(container.ToString()).WaitExitAsync(ExitPatience).WaitAsync(ExitPatience * 2, time),
                CancellationToken.None);
            return info.ExitCode;
        }
        catch (Exception fault)
        {
            Log.ExitUnknown(logger, container, fault);
            return null;
        }
    }
}
