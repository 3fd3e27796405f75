using System.Diagnostics;
using CriAttach.Silo.Native;

namespace CriAttach.Runtimes.Tests;

public sealed class ProcessWatchTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ReadinessPoller _poller = new();

    public void Dispose() => _poller.Dispose();

    [Fact]
    public async Task ProcessEnds_IsTold()
    {
        using var process = Process.Start("sleep", "600");
        using var watch = new ProcessWatch(process.Id, _poller);
        Assert.False(watch.Ended.IsCompleted);
        process.Kill();
        await watch.Ended.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task ProcessIsGone_HasEnded()
    {
        using var process = Process.Start("true");
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        using var watch = new ProcessWatch(process.Id, _poller);
        Assert.True(watch.Ended.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task WatchEnds_NobodyWaitsOn()
    {
        using var process = Process.Start("sleep", "600");
        var watch = new ProcessWatch(process.Id, _poller);
        watch.Dispose();
        await watch.Ended.WaitAsync(Patience, TestContext.Current.CancellationToken);
        process.Kill();
    }
}
