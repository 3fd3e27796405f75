using CriAttach.Testing.Processes;
using CriAttach.Testing.Resume;
using CriAttach.Testing.Stores;

namespace CriAttach.Failures.Tests;

/// <summary>An upgrade of everything: each process is told to stop and begins again, one after the other, under load.</summary>
public sealed class RollingRestartTests
{
    private const int MegabytesPerSecond = 5;
    private const long Some = 5L * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task EveryProcessInTurn_ClientsStayAttachedAndNoByteIsLostSilentlyOrDoubled()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var processes = await CriAttachProcesses.StartAsync(new CriAttachProcessesOptions
        {
            Silos = 2,
            Gateways = 2,
            Runtime = "conmon",
            Storage = ClusterStorage.Redis(redis.ConnectionString),
        });
        await using var first = await ResumableLoad.StartAsync(processes, "n1", MegabytesPerSecond, at: 0);
        await using var second = await ResumableLoad.StartAsync(processes, "n2", MegabytesPerSecond, at: 1);
        foreach (var host in processes.Gateways.Select(gateway => gateway.Host).Concat(processes.Silos))
        {
            await Task.WhenAll(first.MoreAsync(Some, Patience), second.MoreAsync(Some, Patience));
            await host.TerminateAsync();
            await processes.RestartAsync(host);
        }

        await Task.WhenAll(first.MoreAsync(Some, Patience), second.MoreAsync(Some, Patience));
        await Accounts.AreGoodAsync(first, second);
    }
}
