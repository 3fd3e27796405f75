using CriAttach.Interfaces.Stdio;
using Orleans.Streams;

namespace CriAttach.Cluster.Tests;

/// <summary>Keeps what a subscription delivers, and lets a test wait for an amount of it.</summary>
internal sealed class CollectingObserver : IAsyncObserver<StdioChunk>
{
    private readonly Lock _lock = new();
    private readonly MemoryStream _bytes = new();
    private readonly List<(long Length, TaskCompletionSource Reached)> _waits = [];
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets what completes at the end of the output, and fails with the subscription.</summary>
    public Task Completed => _completed.Task;

    /// <summary>Gets the gaps that were told.</summary>
    public List<(long Offset, long Length)> Gaps { get; } = [];

    /// <summary>Gets the bytes so far.</summary>
    public byte[] Bytes
    {
        get
        {
            lock (_lock)
            {
                return _bytes.ToArray();
            }
        }
    }

    /// <summary>Gets or sets what each chunk waits for before it counts as consumed.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Completes when <paramref name="length"/> bytes have come.</summary>
    public Task LengthAsync(long length)
    {
        lock (_lock)
        {
            if (_bytes.Length >= length)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waits.Add((length, reached));
            return reached.Task;
        }
    }

    public async Task OnNextAsync(StdioChunk item, StreamSequenceToken? token = null)
    {
        await Gate;
        lock (_lock)
        {
            if (item.Kind == StdioChunkKind.Gap)
            {
                Gaps.Add((item.Offset, item.GapLength));
                return;
            }

            _bytes.Write(item.Data.Span);
            foreach (var (length, reached) in _waits)
            {
                if (_bytes.Length >= length)
                {
                    reached.TrySetResult();
                }
            }
        }
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
