using System.Globalization;
using CriAttach.Testing.Processes;
using CriAttach.Testing.Scenarios;

namespace CriAttach.Failures.Tests;

/// <summary>Processes and connections that break while bytes flow.</summary>
public sealed class FailureTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task ConnectionBetweenGatewayAndSiloIsCut_NoByteIsLost()
    {
        await using var processes = await StartAsync(silos: 1, gateways: 1);
        var port = int.Parse(processes.Silos[0].Settings["CriAttach:Cluster:GatewayPort"], CultureInfo.InvariantCulture);
        await using var counter = await Counter.StartAsync(processes, "n1");
        await using var traffic = await Traffic.StartAsync(processes, "n1");
        await counter.MoreAsync(20_000, Patience);
        for (var cut = 0; cut < 5; cut++)
        {
            Assert.True(TcpCut.Connections(processes.Gateways[0].Host.Id, port) > 0, "There was no connection to cut.");
            await counter.MoreAsync(20_000, Patience);
            await traffic.MoreAsync(50, Patience);
        }

        await traffic.StopAsync();
    }

    [Fact]
    public async Task SiloOfTheContainerRestarts_OutputContinuesAtTheNextByte()
    {
        await using var processes = await StartAsync(silos: 2, gateways: 1);
        await using var counter = await Counter.StartAsync(processes, "n2");
        await counter.MoreAsync(20_000, Patience);
        await processes.Silos[1].TerminateAsync();
        await processes.Silos[1].StartAsync();
        await counter.MoreAsync(50_000, Patience);
        await processes.ReadyAsync();
    }

    [Fact]
    public async Task SiloOfTheContainerFreezes_SessionsGoOnWhenItIsBack()
    {
        await using var processes = await StartAsync(silos: 2, gateways: 1);
        await using var counter = await Counter.StartAsync(processes, "n2");
        await using var traffic = await Traffic.StartAsync(processes, "n1");
        await counter.MoreAsync(20_000, Patience);
        processes.Silos[1].Suspend();
        await traffic.MoreAsync(2000, Patience);
        processes.Silos[1].Resume();
        await counter.MoreAsync(20_000, Patience);
        await traffic.StopAsync();
    }

    [Fact]
    public async Task TokenOpenedAtTwoGatewaysAtOnce_AnUnrelatedSiloIsKilledMeanwhile_OneWinsEach()
    {
        await using var processes = await StartAsync(silos: 3, gateways: 2);
        await Tokens.OneWinnerEachWhileASiloDiesAsync(processes, 100);
    }

    [Fact]
    public Task ClaimsWhoseAnswerIsLost_AreRepeatedAndServed() => Task.Run(async () =>
    {
        await using var processes = await StartAsync(silos: 1, gateways: 1);
        await Tokens.LostAnswerAsync(processes, 20);
    });

    private static Task<CriAttachProcesses> StartAsync(int silos, int gateways) =>
        CriAttachProcesses.StartAsync(new CriAttachProcessesOptions { Silos = silos, Gateways = gateways, Runtime = "conmon" });
}
