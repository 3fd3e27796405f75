using System.Diagnostics;

namespace CriAttach.Runtimes.Tests.Conmon;

/// <summary>Measures, on demand only: <c>-explicit only</c>, in a Release build.</summary>
public sealed class ConmonThroughputTests : IAsyncLifetime
{
    private readonly ConmonNode _node = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Theory(Explicit = true)]
    [InlineData("head -c 2000000000 /dev/zero", 2_000_000_000)]
    [InlineData("yes 0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456 | head -c 500000000", 500_000_000)]
    public async Task Output_IntoTheLog(string script, long count)
    {
        var container = await _node.CreateAsync(script);
        var since = Stopwatch.GetTimestamp();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var allocated = GC.GetTotalAllocatedBytes();
        await container.StartAsync(TestContext.Current.CancellationToken);
        await container.Exited;
        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        Assert.Equal(count, container.Stdio.Output.Head);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{count / seconds / 1e6:F0} MB/s, {(Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds / (count / 1e9):F2} CPU s per GB, {(GC.GetTotalAllocatedBytes() - allocated) / (count / 1e9):N0} B allocated per GB");
    }
}
