using CriAttach.Gateway.Streaming.Input;
using CriAttach.Interfaces.Stdio;
using CriAttach.Wire.Resume;

namespace CriAttach.Gateway.Streaming;

/// <content>What the client sends.</content>
internal sealed partial class AttachSession : ISessionInput, IInputListener
{
    // When the input came that no output has followed yet; 0 for none.
    private long _typedAt;

    /// <inheritdoc/>
    bool IInputListener.WantsDelivered => _link is not null;

    /// <inheritdoc/>
    Task IInputListener.DeliveredAsync(long offset) => TellAsync(new InputDelivered { Offset = offset });

    /// <inheritdoc/>
    Task IInputListener.InDoubtAsync(long from, long to) => TellAsync(new InputDoubt { From = from, To = to });

    /// <inheritdoc/>
    Task ISessionInput.WriteAsync(ReadOnlySpan<byte> data)
    {
        _activity.Touch();
        if (_buffer is null)
        {
            return Task.CompletedTask;
        }

        _services.Metrics.InputBytes(data.Length);
        if (_share.MayType)
        {
            Interlocked.CompareExchange(ref _typedAt, _services.Time.GetTimestamp(), 0);
            _output.Lift();
        }

        return _buffer.WriteAsync(data);
    }

    /// <inheritdoc/>
    long ISessionInput.Delivered => _buffer?.Delivered ?? 0;

    /// <inheritdoc/>
    void ISessionInput.End()
    {
        _activity.Touch();
        _buffer?.Complete();
    }

    /// <inheritdoc/>
    void ISessionInput.Touch() => _activity.Touch();

    /// <inheritdoc/>
    void ISessionInput.Resize(TerminalSize size)
    {
        _activity.Touch();
        if (_claim.ContainerTty && !_end.Task.IsCompleted)
        {
            _resizes.Post(size);
        }
    }
}
