using System.Buffers;
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
    private long _wired;

    /// <inheritdoc/>
    public async ValueTask<bool> SendStdinAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _over.Token);
        try
        {
            if (!CanResume)
            {
                return await _link.SendStdinAsync(data, cancellationToken);
            }

            for (; !data.IsEmpty; data = data[Math.Min(data.Length, MaxChunk)..])
            {
                await _unacked.RoomAsync(either.Token);
                _unacked.Add(data.Span[..Math.Min(data.Length, MaxChunk)]);

                // While there is no connection the bytes are kept, and whoever types can do other things.
                if (_waitsForHello)
                {
                    continue;
                }

                await _gate.WaitAsync(either.Token);
                await SendAndReleaseAsync(_link, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
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
        if (hello.DoubtBefore > _unacked.Base)
        {
            TellDoubt(_unacked.Base, Math.Min(hello.DoubtBefore, _unacked.End));
        }

        _unacked.TrimTo(hello.Input);
        _wired = _unacked.Base;
        _waitsForHello = false;
        await SendAndReleaseAsync(link, CancellationToken.None);
        if (_size is { } size)
        {
            await link.ResizeAsync(size);
        }

        if (_inputEnded)
        {
            await link.CloseStdinAsync();
        }
    }

    /// <summary>Sends what is kept and has not gone out by this connection, and lets the next one in. When it fails the bytes are kept, and go out again.</summary>
    private async Task SendAndReleaseAsync(AttachSession link, CancellationToken cancellationToken)
    {
        var isOpen = true;
        do
        {
            try
            {
                var buffer = ArrayPool<byte>.Shared.Rent(MaxChunk);
                while (isOpen && _unacked.Copy(ref _wired, buffer) is > 0 and var length)
                {
                    isOpen = await link.SendStdinAsync(_wired, buffer.AsMemory(0, length), cancellationToken);
                    _wired += length;
                }

                ArrayPool<byte>.Shared.Return(buffer);
            }
            finally
            {
                _gate.Release();
            }

            // Something may have been kept between the last look and the release.
        }
        while (isOpen && !_waitsForHello && _unacked.End > _wired && _gate.Wait(0, cancellationToken));
    }
}
