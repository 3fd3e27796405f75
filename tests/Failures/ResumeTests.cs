using CriAttach.Testing.Processes;
using CriAttach.Testing.Resume;

namespace CriAttach.Failures.Tests;

/// <summary>Clients that can resume, while what they depend on breaks: no byte of either direction is lost or comes twice without a word.</summary>
public sealed class ResumeTests
{
    private const int MegabytesPerSecond = 10;
    private const long Some = 10L * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public Task GatewayIsKilled_SessionGoesOnByTheOtherOne() => SurviveAsync(async processes =>
    {
        await processes.Gateways[0].Host.KillAsync();
        return () => processes.Gateways[0].Host.StartAsync();
    });

    [Fact]
    public Task GatewayIsToldToStop_ItSendsItsClientsElsewhereAndEnds() => SurviveAsync(async processes =>
    {
        await processes.Gateways[0].Host.TerminateAsync();
        return () => processes.Gateways[0].Host.StartAsync();
    });

    [Fact]
    public Task SiloIsKilled_SessionGoesOnAndInputThatMayBeLostIsTold() => SurviveAsync(async processes =>
    {
        await processes.Silos[1].KillAsync();
        return () => processes.Silos[1].StartAsync();
    });

    /// <summary>Breaks something under load, mends it, and holds the account.</summary>
    private static async Task SurviveAsync(Func<CriAttachProcesses, Task<Func<Task>>> breakAsync)
    {
        await using var processes = await CriAttachProcesses.StartAsync(new CriAttachProcessesOptions { Silos = 2, Gateways = 2, Runtime = "conmon" });
        await using var load = await ResumableLoad.StartAsync(processes, "n2", MegabytesPerSecond);
        await load.MoreAsync(Some, Patience);
        var mendAsync = await breakAsync(processes);
        await mendAsync();
        await load.MoreAsync(3 * Some, Patience);
        await processes.ReadyAsync();
        await Accounts.AreGoodAsync(load);
    }
}
