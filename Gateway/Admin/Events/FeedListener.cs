using System.IO.Pipelines;
using CriAttach.Gateway.Streaming;

namespace CriAttach.Gateway.Admin.Events;

/// <summary>One client of the feed: what is to be told to it, until it cannot keep up.</summary>
/// <param name="before">What it is told first, before any event: read while it is sent, so a large beginning waits nowhere.</param>
internal sealed class FeedListener(IEnumerable<byte[]> before) : IDisposable
{
    /// <summary>How many bytes may wait. A client that is further behind is cut; when it comes again it is told everything anew.</summary>
    public const long MaxWaiting = 4 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<byte[]> _events = new();
    private readonly AsyncSignal _signal = new();
    private readonly CancellationTokenSource _cut = new();
    private long _waiting;
    private volatile bool _isOver;
    private volatile bool _isTooSlow;

    /// <summary>Gets a value indicating whether the client was too slow.</summary>
    public bool IsTooSlow => _isTooSlow;

    /// <summary>Tells an event. Never waits.</summary>
    /// <param name="text">The event.</param>
    public void Tell(byte[] text)
    {
        bool fits;
        lock (_gate)
        {
            if (_isOver)
            {
                return;
            }

            fits = _waiting + text.Length <= MaxWaiting;
            if (fits)
            {
                _waiting += text.Length;
                _events.Enqueue(text);
            }
            else
            {
                _isTooSlow = true;
                _isOver = true;
                _events.Clear();
            }
        }

        if (!fits)
        {
            // It may well be waiting for its client right now.
            _ = _cut.CancelAsync();
        }

        _signal.Set();
    }

    /// <summary>Ends the feed.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isOver = true;
        }

        _signal.Set();
    }

    /// <summary>Sends until the feed ends, the client leaves, or it proves too slow.</summary>
    /// <param name="output">The connection.</param>
    /// <param name="left">The client left.</param>
    /// <exception cref="OperationCanceledException">It left, or was too slow.</exception>
    public async Task SendAsync(PipeWriter output, CancellationToken left)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_cut.Token, left);
        await using var wake = end.Token.Register(End);
        foreach (var text in before)
        {
            await output.WriteAsync(text, end.Token);
        }

        while (true)
        {
            // Read first: what was told before the end is sent before the end.
            var isOver = _isOver;
            while (TryTake() is { } text)
            {
                await output.WriteAsync(text, end.Token);
                lock (_gate)
                {
                    _waiting -= text.Length;
                }
            }

            if (isOver)
            {
                end.Token.ThrowIfCancellationRequested();

                // The cut itself may still be on its way.
                if (IsTooSlow)
                {
                    throw new OperationCanceledException("the client was too slow");
                }

                return;
            }

            await _signal.WaitAsync();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _cut.Dispose();

    private byte[]? TryTake()
    {
        lock (_gate)
        {
            return _events.TryDequeue(out var text) ? text : null;
        }
    }
}
