using System.IO.Pipelines;
using CriAttach.Gateway.Streaming;

namespace CriAttach.Gateway.Admin.Events;

/// <summary>One client of the feed: what is to be told to it, until it cannot keep up.</summary>
/// <param name="before">What it is told first, before any event: read while it is sent, so a large beginning waits nowhere.</param>
internal sealed class FeedListener(IReadOnlyList<Func<IEnumerable<byte[]>>> before)
{
    /// <summary>How many bytes may wait. A client that is further behind is cut; when it comes again it is told everything anew.</summary>
    public const long MaxWaiting = 4 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<byte[]> _events = new();
    private readonly AsyncSignal _signal = new();
    private long _waiting;
    private bool _isOver;

    /// <summary>Gets a value indicating whether the client was too slow.</summary>
    public bool IsTooSlow { get; private set; }

    /// <summary>Tells an event. Never waits.</summary>
    /// <param name="text">The event.</param>
    public void Tell(byte[] text)
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return;
            }

            if (_waiting + text.Length > MaxWaiting)
            {
                IsTooSlow = true;
                _isOver = true;
                _events.Clear();
            }
            else
            {
                _waiting += text.Length;
                _events.Enqueue(text);
            }
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
    /// <param name="cancellationToken">Ends the sending.</param>
    public async Task SendAsync(PipeWriter output, CancellationToken cancellationToken)
    {
        foreach (var text in before.SelectMany(part => part()))
        {
            if (IsTooSlow)
            {
                return;
            }

            await output.WriteAsync(text, cancellationToken);
        }

        while (!_isOver || _events.Count > 0)
        {
            while (TryTake() is { } text)
            {
                await output.WriteAsync(text, cancellationToken);
                lock (_gate)
                {
                    _waiting -= text.Length;
                }
            }

            if (!_isOver)
            {
                await _signal.WaitAsync();
            }
        }
    }

    private byte[]? TryTake()
    {
        lock (_gate)
        {
            return _events.TryDequeue(out var text) ? text : null;
        }
    }
}
