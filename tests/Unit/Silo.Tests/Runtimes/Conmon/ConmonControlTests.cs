using System.Diagnostics;
using CriAttach.Silo.Native;
using CriAttach.Silo.Runtimes.Conmon;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Silo.Tests.Runtimes.Conmon;

public sealed class ConmonControlTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _clock = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task ReopenLog_NobodyReadsTheOrders_WaitsAndIsNoFault()
    {
        var path = Path.Combine(_directory.Path, "ctl");
        using (var make = Process.Start("mkfifo", [path]))
        {
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        using var stop = new CancellationTokenSource();
        var control = new ConmonControl(path, _clock);
        var abandoned = control.ReopenLogAsync(stop.Token).AsTask();
        var answered = control.ReopenLogAsync(CancellationToken.None).AsTask();
        Assert.False(abandoned.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);
        using var reader = NativeFile.Open(path, Libc.ReadOnly | Libc.NonBlocking);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await answered.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(ControlFifo.IsEmpty(path));
    }
}
