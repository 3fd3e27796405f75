using CriAttach.AdminApi;
using CriAttach.Testing.Attach;
using CriAttach.Testing.Processes;

namespace CriAttach.Conformance.Tests.WebSocket;

/// <summary>A session that cannot go on after its upgrade: its node is killed.</summary>
public sealed class LostNodeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Case28_AttachFailsAfterTheUpgrade_FailureIsToldInEachProtocolsWay()
    {
        await using var processes = await CriAttachProcesses.StartAsync(new CriAttachProcessesOptions
        {
            Silos = 2,
            GatewaySettings = new Dictionary<string, string> { ["CriAttach:Gateway:NodeGrace"] = "00:00:05" },
        });
        var container = await processes.RunAsync(["cat"], new CreateContainerBody { Node = "n2", Stdin = true });
        List<AttachClient> clients = [];
        foreach (var protocol in Protocols.Every)
        {
            clients.Add(await container.AttachAsync(protocol));
        }

        await clients[0].InputAsync("x\n");
        await Task.WhenAll(clients.Select(client => client.Stdout.ContainsAsync("x\n")));
        await processes.Silos[1].KillAsync();
        foreach (var client in clients)
        {
            Endings.AssertFailure(await client.EndAsync(Patience), client.Protocol);
            await client.DisposeAsync();
        }
    }
}
