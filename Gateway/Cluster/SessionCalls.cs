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
    public async Task EndAsync(SessionKey session, EndCause cause)
    {
        try
        {
            using var lease = await nodes.RentAsync(session.Node, CancellationToken.None);
            await lease.Client.GetGrain<ISessionGrain>(session.ToString()).EndAsync(cause).WaitAsync(CallPatience, time);
        }
        catch (Exception fault)
        {
            // The node learns of it when nobody renews the session's lease any more.
            Log.EndFailed(logger, session.Id, fault);
        }
    }

    /// <inheritdoc/>
    public async Task ResizeAsync(ContainerKey container, SessionKey session, TerminalSize size)
    {
        try
        {
            using var lease = await nodes.RentAsync(container.Node, CancellationToken.None);
            await lease.Client.GetGrain<IContainerGrain>(container.ToString()).ResizeAsync(session.Id, size).WaitAsync(CallPatience, time);
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
            using var lease = await nodes.RentAsync(container.Node, CancellationToken.None);
            var info = await lease.Client.GetGrain<IContainerGrain>(container.ToString()).WaitExitAsync(ExitPatience).WaitAsync(ExitPatience * 2, time);
            return info.ExitCode;
        }
        catch (Exception fault)
        {
            Log.ExitUnknown(logger, container, fault);
            return null;
        }
    }
}
