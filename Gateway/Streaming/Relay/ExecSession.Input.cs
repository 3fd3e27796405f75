using CriAttach.Interfaces.Stdio;
using CriAttach.Wire;
using CriAttach.Wire.Channels;

namespace CriAttach.Gateway.Streaming.Relay;

/// <content>What the client sends.</content>
internal sealed partial class ExecSession : ISessionInput
{
    /// <inheritdoc/>
    long ISessionInput.Delivered => _buffer?.Delivered ?? 0;

    /// <inheritdoc/>
    Task ISessionInput.WriteAsync(ReadOnlySpan<byte> data)
    {
        _activity.Touch();
        return _buffer?.WriteAsync(data) ?? Task.CompletedTask;
    }

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
        if (_wanted.Tty && !_end.Task.IsCompleted)
        {
            _resizes.Post(size);
        }
    }

    private async Task SendInputAsync()
    {
        if (await _starting is not { } streams)
        {
            _buffer?.Discard();
            return;
        }

        if (streams.Stdin is not { } stdin || _buffer is not { } buffer)
        {
            return;
        }

        long sent = 0;
        try
        {
            while (!buffer.IsDrained)
            {
                if (buffer.Take(partial: true) is not { } block)
                {
                    await buffer.Changed.WaitAsync();
                    continue;
                }

                try
                {
                    await stdin.WriteAsync(block.Data);
                    sent += block.Length;
                }
                finally
                {
                    buffer.Done(block);
                }
            }

            await stdin.FinishAsync();
        }
        catch (IOException)
        {
            // The command takes no more input, or is over; its status says what that means.
            buffer.Discard();
        }

        _services.Metrics.InputBytes(sent);
    }

    private async Task ResizeAsync(TerminalSize size)
    {
        if (await _starting is not { Resize: { } resize })
        {
            return;
        }

        var text = new byte[ResizeWriter.MaxLength];
        try
        {
            await resize.WriteAsync(text.AsMemory(0, ResizeWriter.Write(text, new WindowSize(size.Width, size.Height))));
        }
        catch (IOException)
        {
            // The command is over.
        }
    }
}
