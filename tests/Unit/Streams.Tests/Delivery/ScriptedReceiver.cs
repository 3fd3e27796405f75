using CriAttach.Streams.Batches;
using CriAttach.Streams.Delivery;

namespace CriAttach.Streams.Tests.Delivery;

/// <summary>Keeps the batches and answers when the test says.</summary>
internal sealed class ScriptedReceiver : IStdioReceiver
{
    public List<(long Offset, long Gap, int Length, bool End)> Batches { get; } = [];

    public List<TaskCompletionSource<long>> Answers { get; } = [];

    private (int Count, TaskCompletionSource Reached) _wait = (int.MaxValue, new());

    /// <summary>Completes with that many batches.</summary>
    public Task CountAsync(int count)
    {
        lock (Batches)
        {
            _wait = (count, new(TaskCreationOptions.RunContinuationsAsynchronously));
            Tell();
            return _wait.Reached.Task;
        }
    }

    public Task<long> DeliverAsync(StdioBatch batch)
    {
        var answer = new TaskCompletionSource<long>();
        lock (Batches)
        {
            Batches.Add((batch.Offset, batch.Gap, batch.Length, batch.End));
            Answers.Add(answer);
            Tell();
        }

        return answer.Task;
    }

    private void Tell()
    {
        if (Batches.Count >= _wait.Count)
        {
            _wait.Reached.TrySetResult();
        }
    }
}
