namespace CriAttach.Interfaces.Sessions;

/// <summary>What causes have in common. Gateway and node must agree on it.</summary>
public static class EndCauses
{
    /// <summary>Whether only the connection ended: a session whose client can resume it waits for that.</summary>
    /// <param name="cause">The cause.</param>
    public static bool IsInterruption(this EndCause cause) =>
        cause is EndCause.ClientGone or EndCause.Resumed or EndCause.GatewayLost or EndCause.GatewayDraining or EndCause.NodeUnavailable;
}
