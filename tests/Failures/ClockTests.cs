using CriAttach.Testing.Processes;
using CriAttach.Testing.Resume;
using CriAttach.Testing.Stores;

namespace CriAttach.Failures.Tests;

/// <summary>One node's wall clock is set, forward and back, by hours, while bytes flow. Nothing that lasts for a while goes by it.</summary>
public sealed class ClockTests
{
    private const int MegabytesPerSecond = 5;
    private const long Some = 5L * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task ClockOfANodeJumps_SessionsGoOnAndNewOnesBegin_AlsoWhenItsSiloBeginsAnew(int hours)
    {
        using var clock = new WallClock();
        await using var redis = await RedisServer.StartAsync();
        await using var processes = await CriAttachProcesses.StartAsync(new CriAttachProcessesOptions
        {
            Silos = 2,
            Gateways = 2,
            Runtime = "conmon",
            Storage = ClusterStorage.Redis(redis.ConnectionString),
            Clock = name => name is "n1" or "g1" ? clock : null,
        });
        await using var here = await ResumableLoad.StartAsync(processes, "n1", MegabytesPerSecond, at: 1);
        await using var there = await ResumableLoad.StartAsync(processes, "n2", MegabytesPerSecond, at: 0);
        await Task.WhenAll(here.MoreAsync(Some, Patience), there.MoreAsync(Some, Patience));

        clock.Set(TimeSpan.FromHours(hours));
        await Task.WhenAll(here.MoreAsync(Some, Patience), there.MoreAsync(Some, Patience));
        await using var later = await ResumableLoad.StartAsync(processes, "n1", MegabytesPerSecond, at: 0);
        await later.MoreAsync(Some, Patience);

        await processes.Silos[0].TerminateAsync();
        await processes.RestartAsync(processes.Silos[0]);
        await Task.WhenAll(here.MoreAsync(Some, Patience), there.MoreAsync(Some, Patience), later.MoreAsync(Some, Patience));
        await Accounts.AreGoodAsync(here, there, later);
    }
}
