namespace CriAttach.Model.Tests.Simulation;

/// <summary>Stands for the scheduler of an activation: what belongs to it runs there and nowhere else.</summary>
internal sealed class TurnScheduler : TaskScheduler
{
    protected override IEnumerable<Task> GetScheduledTasks() => [];

    protected override void QueueTask(Task task) => ThreadPool.UnsafeQueueUserWorkItem(_ => TryExecuteTask(task), null);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => !taskWasPreviouslyQueued && TryExecuteTask(task);
}
