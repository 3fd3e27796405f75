namespace CriAttach.Cli.Streaming.Resume;

/// <summary>Input that PID 1 may not have got: kept until it is acknowledged, to be sent again. When it is full the next addition waits.</summary>
/// <param name="limit">How many bytes it keeps before an addition waits.</param>
internal sealed class UnackedInput(int limit)
{
    private const int FirstLength = 4096;

    private readonly Lock _gate = new();
    private byte[] _bytes = new byte[FirstLength];
    private long _base;
    private int _count;
    private TaskCompletionSource? _room;

    /// <summary>Gets the offset of the first byte that is kept.</summary>
    public long Base
    {
        get
        {
            lock (_gate)
            {
                return _base;
            }
        }
    }

    /// <summary>Gets the offset behind the last byte.</summary>
    public long End
    {
        get
        {
            lock (_gate)
            {
                return _base + _count;
            }
        }
    }

    /// <summary>Waits until an addition has room.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task RoomAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _count < limit
                ? Task.CompletedTask
                : (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Keeps bytes.</summary>
    /// <param name="data">The bytes.</param>
    /// <returns>The offset of the first one.</returns>
    public long Add(ReadOnlySpan<byte> data)
    {
        lock (_gate)
        {
            if (_count + data.Length > _bytes.Length)
            {
                Array.Resize(ref _bytes, Math.Max(_count + data.Length, _bytes.Length * 2));
            }

            data.CopyTo(_bytes.AsSpan(_count));
            _count += data.Length;
            return _base + _count - data.Length;
        }
    }

    /// <summary>Lets go of what is before an offset.</summary>
    /// <param name="offset">The offset; one behind the last byte counts as that.</param>
    public void TrimTo(long offset)
    {
        lock (_gate)
        {
            var gone = (int)Math.Clamp(offset - _base, 0, _count);
            _bytes.AsSpan(gone, _count - gone).CopyTo(_bytes);
            _base += gone;
            _count -= gone;
            if (_count < limit)
            {
                _room?.TrySetResult();
                _room = null;
            }
        }
    }

    /// <summary>Copies bytes that are still kept.</summary>
    /// <param name="offset">The offset from which on; moved forward to what is kept.</param>
    /// <param name="buffer">Where to.</param>
    /// <returns>How many.</returns>
    public int Copy(ref long offset, Span<byte> buffer)
    {
        lock (_gate)
        {
            offset = Math.Max(offset, _base);
            var length = (int)Math.Clamp(_base + _count - offset, 0, buffer.Length);
            _bytes.AsSpan((int)(offset - _base), length).CopyTo(buffer);
            return length;
        }
    }
}
