using CriAttach.Streams.Batches;
using CriAttach.Streams.Delivery;

namespace CriAttach.Streams.Tests.Delivery;

/// <summary>Keeps the batches and answers when the test says.</summary>
internal sealed class ScriptedReceiver : IStdioReceiver
{
    public List<(long Offset, long Gap, int Length, bool End)> Batches { get; } = [];

    public List<TaskCompletionSource<long>> Answers { get; } = [];

    public Task<long> DeliverAsync(StdioBatch batch)
    {
        var answer = new TaskCompletionSource<long>();
        Batches.Add((batch.Offset, batch.Gap, batch.Length, batch.End));
        Answers.Add(answer);
        return answer.Task;
    }
}
