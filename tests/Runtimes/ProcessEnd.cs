using CriAttach.Silo.Native;

namespace CriAttach.Runtimes.Tests;

/// <summary>Waits for processes that are not our children.</summary>
internal static class ProcessEnd
{
    /// <summary>Waits until a process has ended.</summary>
    public static async Task OfAsync(int pid)
    {
        var process = ProcessIdentity.Of(pid);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (process?.IsAlive() ?? false)
        {
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
