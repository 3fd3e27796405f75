using CriAttach.Wire;
using CriAttach.Wire.Resume;

namespace CriAttach.Cli.Streaming.Resume;

/// <content>From this side to the gateway.</content>
internal sealed partial class ResumingSession
{
    private const int MaxChunk = 32 * 1024;
    private const int MaxUnacked = 1024 * 1024;

    private readonly UnackedInput _unacked = new(MaxUnacked);

    // Held while there is no connection that knows where the input goes on: from the start, and from a break, to the hello.
    private readonly SemaphoreSlim _gate = new(0, 1);
    private WindowSize? _size;
    private bool _inputEnded;

    /// <inheritdoc/>
    public async ValueTask<bool> SendStdinAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _over.Token);
        for (; !data.IsEmpty; data = data[Math.Min(data.Length, MaxChunk)..])
        {
            var chunk = data[..Math.Min(data.Length, MaxChunk)];
            try
            {
                await _unacked.RoomAsync(either.Token);
                await _gate.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return false;
            }

            try
            {
                if (!CanResume)
                {
                    return await _link.SendStdinAsync(data, cancellationToken);
                }

                // When this fails the bytes are kept, and go out again.
                await _link.SendStdinAsync(_unacked.Add(chunk.Span), chunk, cancellationToken);
            }
            finally
            {
                _gate.Release();
            }
        }

        return End is null;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> CloseStdinAsync(CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _over.Token);
        try
        {
            await _gate.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }

        try
        {
            _inputEnded = true;
            await _link.CloseStdinAsync(cancellationToken);
            return End is null;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> ResizeAsync(WindowSize size, CancellationToken cancellationToken = default)
    {
        _size = size;
        await _link.ResizeAsync(size, cancellationToken);
        return End is null;
    }

    /// <summary>A connection stands: what the node has not got goes out again, then new input may follow. Output is read meanwhile.</summary>
    private async Task ResendAsync(AttachSession link, ResumeHello hello)
    {
        try
        {
            if (hello.DoubtBefore > _unacked.Base)
            {
                TellDoubt(_unacked.Base, Math.Min(hello.DoubtBefore, _unacked.End));
            }

            _unacked.TrimTo(hello.Input);
            var buffer = new byte[MaxChunk];
            var offset = _unacked.Base;
            while (_unacked.Copy(ref offset, buffer) is > 0 and var length && await link.SendStdinAsync(offset, buffer.AsMemory(0, length)))
            {
                offset += length;
            }

            if (_size is { } size)
            {
                await link.ResizeAsync(size);
            }

            if (_inputEnded)
            {
                await link.CloseStdinAsync();
            }
        }
        finally
        {
            _gate.Release();
        }
    }
}
