using CriAttach.Interfaces.Stdio;
using Orleans.Streams;

namespace CriAttach.Micro.Streams;

/// <summary>Counts what a subscription delivers, and tells when a number is reached.</summary>
internal sealed class ByteCounter : IAsyncObserver<StdioChunk>
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _reached;
    private long _awaited;
    private long _count;

    internal long Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    internal Task ReachAsync(long count)
    {
        lock (_lock)
        {
            if (_count >= count)
            {
                return Task.CompletedTask;
            }

            _awaited = count;
            _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _reached.Task;
        }
    }

    public Task OnNextAsync(StdioChunk item, StreamSequenceToken? token = null)
    {
        lock (_lock)
        {
            _count += item.Data.Length;
            if (_reached is not null && (item.Kind != StdioChunkKind.Data || _count > _awaited))
            {
                _reached.TrySetException(new InvalidDataException($"{item.Kind} at {item.Offset}: {_count} of {_awaited} bytes"));
            }
            else if (_count == _awaited)
            {
                _reached?.TrySetResult();
            }
        }

        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex)
    {
        lock (_lock)
        {
            _reached?.TrySetException(ex);
        }

        return Task.CompletedTask;
    }
}
