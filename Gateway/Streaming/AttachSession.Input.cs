using CriAttach.Interfaces.Stdio;

namespace CriAttach.Gateway.Streaming;

/// <content>What the client sends.</content>
internal sealed partial class AttachSession : ISessionInput
{
    /// <inheritdoc/>
    Task ISessionInput.WriteAsync(ReadOnlySpan<byte> data)
    {
        _activity.Touch();
        return _buffer?.WriteAsync(data) ?? Task.CompletedTask;
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
