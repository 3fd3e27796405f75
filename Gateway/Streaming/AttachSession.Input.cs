using CriAttach.Gateway.Streaming.Input;
using CriAttach.Interfaces.Stdio;
using CriAttach.Wire.Resume;

namespace CriAttach.Gateway.Streaming;

/// <content>What the client sends.</content>
internal sealed partial class AttachSession : ISessionInput, IInputListener
{
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

        if (_share.MayType)
        {
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
