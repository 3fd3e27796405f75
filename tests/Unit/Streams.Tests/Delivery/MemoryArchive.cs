using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Log;

namespace CriAttach.Streams.Tests.Delivery;

/// <summary>A log file that is an array.</summary>
internal sealed class MemoryArchive : IStdioArchive
{
    private readonly MemoryStream _bytes = new();

    public long Tail { get; init; }

    public Exception? Fault { get; init; }

    /// <summary>Gets what opening waits for.</summary>
    public Task Gate { get; init; } = Task.CompletedTask;

    public void Write(ReadOnlySpan<byte> data) => _bytes.Write(data);

    public async ValueTask<IStdioArchiveReader?> OpenAsync(long offset, CancellationToken cancellationToken)
    {
        await Gate;
        return offset >= Tail ? new Reader(_bytes.ToArray(), offset, Fault) : null;
    }

    private sealed class Reader(byte[] bytes, long offset, Exception? fault) : IStdioArchiveReader
    {
        private long _at = offset;

        public ValueTask<ArchiveRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            if (fault is not null)
            {
                throw fault;
            }

            var count = (int)Math.Min(Math.Min(buffer.Length, 7000), bytes.Length - _at);
            bytes.AsMemory((int)_at, count).CopyTo(buffer);
            _at += count;
            return new(new ArchiveRead(StdioStream.Stdout, count));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
