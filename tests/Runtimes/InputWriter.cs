using System.Text;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Batches;
using CriAttach.Streams.Input;
using CriAttach.Streams.Log;

namespace CriAttach.Runtimes.Tests;

/// <summary>Writes to a container's standard input as a session does.</summary>
internal sealed class InputWriter
{
    private readonly StdinQueue _queue;
    private readonly Guid _producer = Guid.NewGuid();
    private long _offset;

    public InputWriter(StdinQueue? queue)
    {
        _queue = queue ?? throw new InvalidOperationException("the container has no standard input");
        _queue.AddProducer(_producer);
    }

    /// <summary>Writes text; completes when PID 1 can read it.</summary>
    public Task WriteAsync(string text) => WriteAsync(Encoding.UTF8.GetBytes(text), end: false);

    /// <summary>Ends the input.</summary>
    public Task EndAsync() => WriteAsync([], end: true);

    public async Task WriteAsync(byte[] data, bool end)
    {
        var block = new PooledBlock(Math.Max(1, data.Length));
        data.CopyTo(block.Memory);
        IReadOnlyList<LogSlice> slices = data.Length == 0 ? [] : [new LogSlice(StdioStream.Stdin, block, block.Memory[..data.Length])];
        var batch = new StdioBatch(slices, owned: true) { Channel = _producer, Generation = 0, Offset = _offset, End = end };
        _offset += data.Length;
        PublishReply reply;
        do
        {
            reply = await _queue.PublishAsync(batch);
        }
        while (reply.Status == PublishStatus.Accepted && reply.Accepted < _offset);

        Assert.Equal(PublishStatus.Accepted, reply.Status);
    }
}
