using System.IO.Pipelines;
using CriAttach.Gateway.Streaming;

namespace CriAttach.Gateway.Admin.Events;

/// <summary>One client of the feed: what is to be told to it, until it cannot keep up.</summary>
internal sealed class FeedListener : IDisposable
{
    /// <summary>How many bytes may wait. A client that is further behind is cut; when it comes again it is told everything anew.</summary>
    public const long MaxWaiting = 4 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<Part> _parts = new();
    private readonly AsyncSignal _signal = new();
    private readonly CancellationTokenSource _cut = new();
    private long _waiting;
    private volatile bool _isOver;
    private volatile bool _isTooSlow;

    /// <summary>Initializes a listener.</summary>
    /// <param name="before">What it is told first, before any event.</param>
    public FeedListener(IEnumerable<byte[]> before) => TellAll(before);

    /// <summary>Gets a value indicating whether the client was too slow.</summary>
    public bool IsTooSlow => _isTooSlow;

    /// <summary>Tells what there is. It is read while it is sent, or all listeners share it, so it does not count as waiting: nobody is cut for it.</summary>
    /// <param name="all">The events.</param>
    public void TellAll(IEnumerable<byte[]> all)
    {
        lock (_gate)
        {
            if (!_isOver)
            {
                _parts.Enqueue(new Part(all, Waiting: 0));
            }
        }

        _signal.Set();
    }

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
                _parts.Enqueue(new Part([text], text.Length));
            }
            else
            {
                _isTooSlow = true;
                _isOver = true;
                _parts.Clear();
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
        while (true)
        {
            // Read first: what was told before the end is sent before the end.
            var isOver = _isOver;
            while (TryTake() is { } part)
            {
                foreach (var text in part.Texts)
                {
                    await output.WriteAsync(text, end.Token);
                }

                lock (_gate)
                {
                    _waiting -= part.Waiting;
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

    private Part? TryTake()
    {
        lock (_gate)
        {
            return _parts.TryDequeue(out var part) ? part : null;
        }
    }

    private sealed record Part(IEnumerable<byte[]> Texts, int Waiting);
}
