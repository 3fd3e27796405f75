namespace CriAttach.Model.Tests.Simulation;

/// <summary>
/// The thread pool, which in this process has one thread: what is queued there runs in the order of queueing as soon as the model lets go of it.
/// So a run is a single thread although the code under test knows nothing of it.
/// </summary>
internal static class Pool
{
    private const int MostRounds = 100_000;

    /// <summary>Runs the model on the pool's thread.</summary>
    public static Task RunAsync(Func<Task> model)
    {
        ThreadPool.GetMaxThreads(out var threads, out _);
        Assert.True(threads == 1, $"the pool has {threads} threads: run this project's own program, whose settings give it one");
        return Task.Run(model);
    }

    /// <summary>Lets everything run that is queued, and what that queues.</summary>
    public static async ValueTask SettleAsync(Run run)
    {
        var rounds = 0;
        do
        {
            await Task.Yield();
            run.Check(++rounds < MostRounds, "it does not come to rest");
        }
        while (ThreadPool.PendingWorkItemCount > 0 && rounds < MostRounds);
    }
}
