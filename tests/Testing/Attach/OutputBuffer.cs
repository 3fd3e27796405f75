using System.Buffers;
using System.Text;

namespace CriAttach.Testing.Attach;

/// <summary>What came on one channel, and a way to wait for more.</summary>
public sealed class OutputBuffer(string name)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AttachEnd? _end;

    /// <summary>How much came so far.</summary>
    public long Length
    {
        get
        {
            lock (_lock)
            {
                return _bytes.WrittenCount;
            }
        }
    }

    /// <summary>All that came so far.</summary>
    public byte[] ToArray()
    {
        lock (_lock)
        {
            return _bytes.WrittenSpan.ToArray();
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(ToArray());

    /// <summary>Waits until so much has come.</summary>
    /// <exception cref="TimeoutException">It did not come.</exception>
    public Task LengthAsync(long length, TimeSpan? limit = null) =>
        WhenAsync(() => _bytes.WrittenCount >= length, $"{length} bytes", limit);

    /// <summary>Waits until it contains a text.</summary>
    /// <exception cref="TimeoutException">It did not come.</exception>
    public Task ContainsAsync(string text, TimeSpan? limit = null)
    {
        var wanted = Encoding.UTF8.GetBytes(text);
        return WhenAsync(() => _bytes.WrittenSpan.IndexOf(wanted) >= 0, $"'{text}'", limit);
    }

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            _bytes.Write(bytes);
            Signal();
        }
    }

    internal void End(AttachEnd end)
    {
        lock (_lock)
        {
            _end = end;
            Signal();
        }
    }

    private void Signal()
    {
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private async Task WhenAsync(Func<bool> condition, string what, TimeSpan? limit)
    {
        var start = TimeProvider.System.GetTimestamp();
        var patience = limit ?? Patience;
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (condition())
                {
                    return;
                }

                changed = _end is not null ? Task.FromException(new EndOfStreamException()) : _changed.Task;
            }

            var left = patience - TimeProvider.System.GetElapsedTime(start);
            try
            {
                await changed.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, TimeProvider.System).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is TimeoutException or EndOfStreamException)
            {
                var text = ToString();
                var why = fault is TimeoutException ? $"in {patience.TotalSeconds} s" : $"before the session ended: {_end}";
                throw new TimeoutException($"{what} did not come on {name} {why}; {text.Length} characters came, the last: '{text[^Math.Min(text.Length, 200)..]}'.");
            }
        }
    }
}
