using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Silo.Native;

namespace CriAttach.Runtimes.Tests.WholeSilo;

/// <summary>The real silo process ends, and containers do not.</summary>
public sealed class SiloRestartTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SiloEnds_ContainerRunsOnAndIsFoundAgain(bool crash)
    {
        await using var silo = new SiloProcess();
        await silo.StartAsync();
        var spec = new ContainerSpec { Name = "c", Rootfs = silo.RootfsPath, Args = ["/bin/sh", "-c", "while read x; do echo $x; done"], Stdin = true, StdinOnce = true };
        var made = await silo.Node.CreateContainerAsync(spec);
        var started = await silo.Grains.GetGrain<IContainerGrain>(made.Key.ToString()).StartAsync();
        Assert.Equal(ContainerState.Running, started.State);
        var init = ProcessIdentity.Of(started.Pid)!.Value;

        await (crash ? silo.KillAsync() : silo.TerminateAsync());
        Assert.True(init.IsAlive());

        await silo.StartAsync();
        var grain = silo.Grains.GetGrain<IContainerGrain>(made.Key.ToString());
        var found = await grain.GetAsync();
        Assert.Equal((ContainerState.Running, started.Pid, started.StartedAt), (found.State, found.Pid, found.StartedAt));
        Assert.True(init.IsAlive());
        await Assert.ThrowsAsync<InvalidContainerSpecException>(() => silo.Node.CreateContainerAsync(spec));
        await grain.RemoveAsync(force: true);
        Assert.False(init.IsAlive());
    }
}
