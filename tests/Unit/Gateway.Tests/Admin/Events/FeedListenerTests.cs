using System.Buffers;
using System.IO.Pipelines;
using CriAttach.Gateway.Admin.Events;

namespace CriAttach.Gateway.Tests.Admin.Events;

public sealed class FeedListenerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Events_ComeInOrder_BehindTheBeginning()
    {
        using var listener = new FeedListener([[1], [2]]);
        var pipe = new Pipe();
        listener.Tell([3]);
        var sending = listener.SendAsync(pipe.Writer, CancellationToken.None);
        listener.Tell([4]);
        listener.End();
        await sending.WaitAsync(Patience);
        await pipe.Writer.CompleteAsync();
        Assert.Equal([1, 2, 3, 4], (await pipe.Reader.ReadAtLeastAsync(100)).Buffer.ToArray());
    }

    [Fact]
    public async Task ClientThatDoesNotRead_IsCut_AndNothingWaitsAnyMore()
    {
        using var listener = new FeedListener([]);
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        var sending = listener.SendAsync(pipe.Writer, CancellationToken.None);
        listener.Tell(new byte[FeedListener.MaxWaiting / 2]);
        listener.Tell(new byte[FeedListener.MaxWaiting / 2]);
        Assert.False(listener.IsTooSlow);
        listener.Tell([1]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(Patience));
        Assert.True(listener.IsTooSlow);
        listener.Tell(new byte[FeedListener.MaxWaiting]);
    }

    [Fact]
    public async Task LargeBeginning_IsNoReasonToCut()
    {
        using var listener = new FeedListener(Enumerable.Repeat(new byte[1024 * 1024], 8));
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        var sending = listener.SendAsync(pipe.Writer, CancellationToken.None);
        listener.Tell([1]);
        listener.End();
        for (var left = (8 * 1024 * 1024) + 1; left > 0;)
        {
            var read = await pipe.Reader.ReadAsync();
            left -= (int)read.Buffer.Length;
            pipe.Reader.AdvanceTo(read.Buffer.End);
        }

        await sending.WaitAsync(Patience);
        Assert.False(listener.IsTooSlow);
    }

    [Fact]
    public async Task ClientThatLeaves_EndsTheSending()
    {
        using var listener = new FeedListener([]);
        using var left = new CancellationTokenSource();
        var sending = listener.SendAsync(new Pipe().Writer, left.Token);
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(Patience));
        Assert.False(listener.IsTooSlow);
    }
}
