using CriAttach.Testing.Processes;
using CriAttach.Testing.Resume;

namespace CriAttach.EndToEnd.Tests;

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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task SiloIsRestarted_SessionGoesOnAndInputThatMayBeLostIsTold(bool kill) => SurviveAsync(async processes =>
    {
        await (kill ? processes.Silos[1].KillAsync() : processes.Silos[1].TerminateAsync());
        return () => processes.Silos[1].StartAsync();
    });

    [Fact]
    public Task ClientsConnectionIsCut_SessionGoesOn() => SurviveAsync(processes =>
    {
        var port = new Uri($"http://{processes.Gateways[0].StreamAuthority}").Port;
        Assert.True(TcpCut.Connections(Environment.ProcessId, port) > 0, "There was no connection to cut.");
        return Task.FromResult<Func<Task>>(() => Task.CompletedTask);
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
        var account = await load.SettleAsync();
        Assert.Null(account.Fault);
        Assert.Equal((0, 0), (account.LostSilently, account.Doubled));
    }
}
