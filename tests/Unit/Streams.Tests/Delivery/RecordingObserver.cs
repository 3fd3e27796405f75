using CriAttach.Interfaces.Stdio;
using Orleans.Streams;

namespace CriAttach.Streams.Tests.Delivery;

/// <summary>Keeps what it is told, and can be made to stall.</summary>
internal sealed class RecordingObserver : IAsyncObserver<StdioChunk>
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _gate;

    public Task Completed => _completed.Task;

    /// <summary>Gets what completes with the first chunk.</summary>
    public Task Began => _began.Task;

    public List<(StdioChunkKind Kind, long Offset, long Length, byte[] Data)> Chunks { get; } = [];

    public byte[] Bytes
    {
        get
        {
            lock (_lock)
            {
                return [.. Chunks.SelectMany(chunk => chunk.Data)];
            }
        }
    }

    public void Stall()
    {
        lock (_lock)
        {
            _gate ??= new TaskCompletionSource();
        }
    }

    public void GoOn()
    {
        TaskCompletionSource? gate;
        lock (_lock)
        {
            (gate, _gate) = (_gate, null);
        }

        gate?.SetResult();
    }

    public async Task OnNextAsync(StdioChunk item, StreamSequenceToken? token = null)
    {
        Task? gate;
        lock (_lock)
        {
            Chunks.Add((item.Kind, item.Offset, item.Kind == StdioChunkKind.Gap ? item.GapLength : item.Data.Length, item.Data.ToArray()));
            gate = _gate?.Task;
            _began.TrySetResult();
        }

        await (gate ?? Task.CompletedTask);
    }

    public Task OnCompletedAsync()
    {
        _completed.TrySetResult();
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex)
    {
        _completed.TrySetException(ex);
        return Task.CompletedTask;
    }
}
