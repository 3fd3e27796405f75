using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Input;

namespace CriAttach.Silo.Runtimes.CriUpstream;

/// <summary>
/// The one attachment that a container has, made again with back-off when it breaks. Input goes over whichever there is; input that was under way
/// when it broke may have reached PID 1 or not: it is never sent twice.
/// </summary>
internal sealed partial class UpstreamLink(
    UpstreamDialer dialer, string containerId, Func<UpstreamStreams> streams, Action inputClosed, TimeProvider clock, ILogger<UpstreamLink> logger) : IStdinSink, IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan QuietPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource<IUpstreamAttachment> _current = NewCurrent();
    private TerminalSize? _size;
    private TimeSpan _pause = TimeSpan.Zero;

    /// <summary>Gets the attachment; completes when there is one.</summary>
    public Task<IUpstreamAttachment> Current
    {
        get
        {
            lock (_lock)
            {
                return _current.Task;
            }
        }
    }

    /// <summary>Makes the attachment, trying until it is there.</summary>
    /// <param name="mayRun">Whether the container may still run, asked before each attempt.</param>
    /// <returns>None when it does not run any more, or everything ends.</returns>
    public async Task<IUpstreamAttachment?> OpenAsync(Func<CancellationToken, Task<bool>> mayRun)
    {
        try
        {
            while (await mayRun(_stop.Token).ConfigureAwait(false))
            {
                if (_pause > TimeSpan.Zero)
                {
                    await Task.Delay(_pause, clock, _stop.Token).ConfigureAwait(false);
                }

                _pause = _pause == TimeSpan.Zero ? FirstPause : _pause < LongestPause ? _pause * 2 : LongestPause;
                try
                {
                    var attachment = await dialer.OpenAsync(containerId, streams(), _stop.Token).ConfigureAwait(false);
                    LogAttached(logger, containerId);
                    await UseAsync(attachment).ConfigureAwait(false);
                    return attachment;
                }
                catch (Exception fault) when (fault is CriAttachException or IOException)
                {
                    // A container that is about to end refuses, and says so a moment later.
                    if (_pause > QuietPause && fault is not ContainerNotFoundException)
                    {
                        LogNotAttached(logger, containerId, fault.Message);
                    }
                }
            }

            return null;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>The attachment works: the next one is made without delay.</summary>
    public void Worked() => _pause = TimeSpan.Zero;

    /// <summary>The attachment is over.</summary>
    public async ValueTask LostAsync(IUpstreamAttachment attachment)
    {
        LogDetached(logger, containerId, attachment.End);
        lock (_lock)
        {
            if (_current.Task.IsCompletedSuccessfully)
            {
                _current = NewCurrent();
            }
        }

        await attachment.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        var attachment = await Current.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await attachment.WriteAsync(data, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException fault)
        {
            LogInputInDoubt(logger, containerId, data.Length, fault.Message);
            throw new StdinInterruptedException("the attachment to the container broke", fault);
        }
    }

    /// <inheritdoc/>
    public async ValueTask CloseAsync(CancellationToken cancellationToken)
    {
        var attachment = await Current.WaitAsync(cancellationToken).ConfigureAwait(false);
        inputClosed();
        try
        {
            await attachment.EndInputAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or NotSupportedException)
        {
            // The runtime closes the input of such a container by itself when its client goes.
            LogInputNotClosed(logger, containerId, fault.Message);
        }
    }

    /// <summary>Sets the terminal's size, now and on each later attachment.</summary>
    public async ValueTask ResizeAsync(TerminalSize size, CancellationToken cancellationToken)
    {
        _size = size;
        if (Current is { IsCompletedSuccessfully: true } current)
        {
            await ResizeAsync(await current.ConfigureAwait(false), size, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Lets go; whoever waits for an attachment waits no longer.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        Task<IUpstreamAttachment> current;
        lock (_lock)
        {
            _current.TrySetException(new IOException("the container is let go of"));
            current = _current.Task;
        }

        if (current.IsCompletedSuccessfully)
        {
            await (await current.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }
    }

    private static TaskCompletionSource<IUpstreamAttachment> NewCurrent()
    {
        var current = new TaskCompletionSource<IUpstreamAttachment>(TaskCreationOptions.RunContinuationsAsynchronously);

        // Nobody may ever wait for it.
        _ = current.Task.ContinueWith(static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return current;
    }

    private async Task UseAsync(IUpstreamAttachment attachment)
    {
        if (_size is { } size)
        {
            await ResizeAsync(attachment, size, _stop.Token).ConfigureAwait(false);
        }

        bool used;
        lock (_lock)
        {
            used = _current.TrySetResult(attachment);
        }

        if (!used)
        {
            await attachment.DisposeAsync().ConfigureAwait(false);
            _stop.Token.ThrowIfCancellationRequested();
        }
    }

    private async ValueTask ResizeAsync(IUpstreamAttachment attachment, TerminalSize size, CancellationToken cancellationToken)
    {
        try
        {
            await attachment.ResizeAsync(size, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException fault)
        {
            LogNotResized(logger, containerId, fault.Message);
        }
    }
}
