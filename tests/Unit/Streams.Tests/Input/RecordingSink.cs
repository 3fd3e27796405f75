using System.Text;
using CriAttach.Streams.Input;

namespace CriAttach.Streams.Tests.Input;

/// <summary>PID 1's input: keeps what is written, reads only while its gate is open, and fails when told.</summary>
internal sealed class RecordingSink : IStdinSink
{
    private readonly MemoryStream _bytes = new();

    public Task Gate { get; set; } = Task.CompletedTask;

    public Exception? Fault { get; set; }

    /// <summary>Gets or sets how many writes from now on break the way.</summary>
    public int Interruptions { get; set; }

    public bool IsHandedOver { get; set; } = true;

    public int Closes { get; private set; }

    public long Length => _bytes.Length;

    public string Text => Encoding.ASCII.GetString(_bytes.ToArray());

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken);
        if (Fault is not null)
        {
            throw Fault;
        }

        if (Interruptions > 0)
        {
            Interruptions--;
            throw new StdinInterruptedException("the way breaks", new IOException());
        }

        _bytes.Write(data.Span);
    }

    public ValueTask CloseAsync(CancellationToken cancellationToken)
    {
        Closes++;
        return ValueTask.CompletedTask;
    }
}
