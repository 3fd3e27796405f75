using CriAttach.Cluster.Tests.Nodes;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Nodes;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Cluster.Tests;

/// <summary>What a gateway does around a session.</summary>
internal static class Sessions
{
    private static readonly AttachStreams AllStreams = new() { Stdin = true, Stdout = true, Stderr = true, Tty = false };

    /// <summary>Opens a session and returns its key.</summary>
    public static async Task<SessionKey> OpenAsync(IClusterClient client, ScriptedContainer container)
    {
        var key = container.Info.Key;
        var session = SessionKey.ForToken(key.Node, $"{NodeTag.Of(key.Node)}.{Guid.NewGuid():N}");
        await PersistAsync(() => client.GetGrain<IContainerGrain>(key.ToString()).OpenSessionAsync(new OpenSessionRequest { SessionId = session.Id, Streams = AllStreams }));
        return session;
    }

    /// <summary>Claims a session for a connection.</summary>
    public static Task<ClaimResult> ClaimAsync(IClusterClient client, SessionKey session, Guid nonce) =>
        PersistAsync(() => client.GetGrain<ISessionGrain>(session.ToString()).ClaimAsync(new ClaimRequest { Nonce = nonce, Gateway = "test" }));

    /// <summary>Opens and claims a session.</summary>
    public static async Task<ClaimResult> ClaimNewAsync(IClusterClient client, ScriptedContainer container) =>
        await ClaimAsync(client, await OpenAsync(client, container), Guid.NewGuid());

    /// <summary>Repeats a call whose way went through a silo that died: opening and claiming may be repeated without harm.</summary>
    private static async Task<T> PersistAsync<T>(Func<Task<T>> call)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (Exception fault) when (attempt < 5 && (fault is OrleansException or TimeoutException))
            {
                TestContext.Current.SendDiagnosticMessage($"attempt {attempt}: {fault.Message}");
            }
        }
    }
}
