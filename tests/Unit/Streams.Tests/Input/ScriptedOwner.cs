using CriAttach.Streams.Batches;
using CriAttach.Streams.Delivery;
using CriAttach.Streams.Input;

namespace CriAttach.Streams.Tests.Input;

/// <summary>An owner of input that can be restarted, and whose answers can be lost.</summary>
internal sealed class ScriptedOwner(StdinQueue queue) : IStdioOwner
{
    public StdinQueue Queue { get; set; } = queue;

    /// <summary>Gets or sets how many answers are lost from now on.</summary>
    public int LoseAnswers { get; set; }

    public int MostBytes { get; private set; }

    public async Task<PublishReply> PublishAsync(StdioBatch batch)
    {
        MostBytes = Math.Max(MostBytes, batch.Length);
        var reply = await Queue.PublishAsync(batch);
        if (LoseAnswers > 0)
        {
            LoseAnswers--;
            throw new TimeoutException("answer lost");
        }

        return reply;
    }

    public Task<SubscribeReply> SubscribeAsync(SubscribeRequest request) => throw new NotSupportedException();

    public Task<LeaseReply> RenewAsync(LeaseRequest request) => throw new NotSupportedException();

    public Task AcknowledgeAsync(LeaseRequest request) => throw new NotSupportedException();

    public Task UnsubscribeAsync(Guid subscription) => throw new NotSupportedException();
}
