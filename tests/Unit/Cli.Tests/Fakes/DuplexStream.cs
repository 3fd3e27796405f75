using System.IO.Pipelines;

namespace CriAttach.Cli.Tests.Fakes;

/// <summary>One end of a connection in memory, with a bounded buffer each way, as a socket has.</summary>
internal sealed class DuplexStream(PipeReader reader, PipeWriter writer) : Stream
{
    private readonly CancellationTokenSource _closed = new();
    private readonly Stream _reading = reader.AsStream();

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static (DuplexStream One, DuplexStream Other) Pair(long capacity = 64 * 1024)
    {
        var options = new PipeOptions(pauseWriterThreshold: capacity, resumeWriterThreshold: capacity / 2, useSynchronizationContext: false);
        var (to, back) = (new Pipe(options), new Pipe(options));
        return (new(back.Reader, to.Writer), new(to.Reader, back.Writer));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_closed.Token, cancellationToken);
        try
        {
            return await _reading.ReadAsync(buffer, either.Token);
        }
        catch (Exception fault) when (IsClosed(fault))
        {
            throw new IOException("the connection is closed", fault);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_closed.Token, cancellationToken);
        try
        {
            var result = await writer.WriteAsync(buffer, either.Token);
            if (result.IsCompleted)
            {
                throw new IOException("the other end is closed");
            }
        }
        catch (Exception fault) when (IsClosed(fault))
        {
            throw new IOException("the connection is closed", fault);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_closed.IsCancellationRequested)
        {
            // As with a socket: what waits on it is told, here and at the other end.
            _closed.Cancel();
            reader.Complete();
            writer.Complete();
        }

        base.Dispose(disposing);
    }

    private bool IsClosed(Exception fault) =>
        fault is InvalidOperationException || (fault is OperationCanceledException && _closed.IsCancellationRequested);
}
