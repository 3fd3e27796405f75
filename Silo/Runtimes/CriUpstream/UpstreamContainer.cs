using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Stdio;
using CriAttach.Silo.Runtimes.CriUpstream.Cri;
using CriAttach.Silo.State;
using CriAttach.Streams;
using CriAttach.Streams.Input;
using CriAttach.Streams.Log;

namespace CriAttach.Silo.Runtimes.CriUpstream;

/// <summary>
/// One container that another runtime holds. Until somebody attaches it is no more than a line in a list: its log is not read, and the runtime is not
/// attached to. From then on it is followed to its end.
/// </summary>
internal sealed partial class UpstreamContainer : IRuntimeContainer
{
    // Attaching takes milliseconds. A session need not wait for it: its output begins with the log.
    private static readonly TimeSpan LinkPatience = TimeSpan.FromSeconds(1);
    private static readonly Task Never = new TaskCompletionSource().Task;

    private readonly UpstreamServices _services;
    private readonly ContainerFolder _folder;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _detach = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ContainerInfo _info;
    private volatile ContainerInfo? _ended;
    private PodName _pod;
    private ContainerLedger? _ledger;
    private UpstreamLink? _link;
    private UpstreamOutput? _output;
    private StdinQueue? _input;
    private StdioEndpoint _endpoint;
    private Task _following = Task.CompletedTask;
    private int _disposed;

    /// <summary>Makes a container that nobody has attached to.</summary>
    /// <param name="services">What every container needs.</param>
    /// <param name="info">What it is.</param>
    /// <param name="pod">What its sandbox is called.</param>
    /// <param name="folder">Where what must outlive the silo is kept, from the first attachment on.</param>
    public UpstreamContainer(UpstreamServices services, ContainerInfo info, PodName pod, ContainerFolder folder)
    {
        (_services, _info, _pod, _folder) = (services, info, pod, folder);
        _logger = services.Loggers.CreateLogger<UpstreamContainer>();
        _endpoint = new StdioEndpoint(info.Key, new StdioLog(services.LogOptions.Value, CriLogs.OutputHistory.NewEpoch(), clock: services.Clock), null);
        if (info.State == ContainerState.Exited)
        {
            _endpoint.Output.Complete();
            _exited.TrySetResult();
        }
    }

    /// <inheritdoc/>
    public ContainerInfo Info => Volatile.Read(ref _info);

    /// <inheritdoc/>
    public StdioEndpoint Stdio => Volatile.Read(ref _endpoint);

    /// <inheritdoc/>
    public bool WasAttached => _ledger?.Record.WasAttached ?? false;

    /// <inheritdoc/>
    public Task Exited => _exited.Task;

    /// <summary>Gets a value indicating whether it is followed, or was.</summary>
    public bool IsFollowed => _ledger is not null;

    /// <summary>Whether the end of the first client's input is that of PID 1's.</summary>
    private static bool ClosesStdin(ContainerSpec spec) => spec is { Stdin: true, StdinOnce: true, Tty: false };

    /// <inheritdoc/>
    public async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        if (!IsFollowed || Info.State != ContainerState.Running)
        {
            await LookAsync(cancellationToken).ConfigureAwait(false);
        }

        if (Info.State != ContainerState.Running)
        {
            // Who asks is told so, and why.
            return;
        }

        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!IsFollowed)
            {
                Follow(_folder.Load());
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new RuntimeFailureException($"the log of container {Info.Key.ContainerId} cannot be followed: {fault.Message}");
        }
        finally
        {
            _turn.Release();
        }

        await ((Task)_link!.Current).WaitAsync(LinkPatience, _services.Clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) =>
        throw new ContainerStateException($"container {Info.Key.ContainerId} belongs to another runtime: start it there");

    /// <inheritdoc/>
    public async Task StopAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _services.Cri.StopAsync(Info.Key.ContainerId, grace, cancellationToken).ConfigureAwait(false);
        if (IsFollowed)
        {
            await Exited.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await LookAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        if (Info.State == ContainerState.Running)
        {
            throw new ContainerStateException($"container {Info.Key.ContainerId} is running");
        }

        try
        {
            await _services.Cri.RemoveAsync(Info.Key.ContainerId, cancellationToken).ConfigureAwait(false);
        }
        catch (ContainerNotFoundException)
        {
            // Somebody was quicker.
        }

        await ForgetAsync().ConfigureAwait(false);
    }

    /// <summary>Lets go of it and of what was kept: the runtime has it no more.</summary>
    public async Task ForgetAsync()
    {
        await DisposeAsync().ConfigureAwait(false);
        _folder.Delete();
    }

    /// <inheritdoc/>
    public ValueTask ResizeAsync(TerminalSize size, CancellationToken cancellationToken) =>
        !Info.Spec.Tty || size.Width == 0 || size.Height == 0 || Info.State == ContainerState.Exited || _link is null
            ? ValueTask.CompletedTask
            : _link.ResizeAsync(size, cancellationToken);

    /// <inheritdoc/>
    public void MarkAttached() => _ledger?.Change(static record => record.WasAttached ? record : record with { WasAttached = true });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _detach.CancelAsync().ConfigureAwait(false);
        if (_link is not null)
        {
            await _link.DisposeAsync().ConfigureAwait(false);
        }

        await _following.ConfigureAwait(false);
        _init?.Dispose();
        _input?.Dispose();
        _log?.Dispose();
    }

    /// <summary>The runtime has listed it: a state that differs is worth a look.</summary>
    public async Task NoteAsync(ContainerState state, PodName pod, CancellationToken cancellationToken)
    {
        _pod = pod;
        if (state != Info.State && _ended is null)
        {
            await LookAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Asks the runtime what it is now. The end of one that is followed is told when its output is complete.</summary>
    private async Task<ContainerInfo?> LookAsync(CancellationToken cancellationToken)
    {
        if (await _services.Cri.StatusAsync(Info.Key.ContainerId, cancellationToken).ConfigureAwait(false) is not { } answer)
        {
            return null;
        }

        var now = ContainerMap.Map(Info.Key, Info.Spec.Runtime, _pod, answer);
        lock (_lock)
        {
            if (now.State != ContainerState.Exited)
            {
                Volatile.Write(ref _info, now);
            }
            else if (IsFollowed)
            {
                // Told when its output is complete. Kept, for it may be removed before that.
                _ended = now;
            }
            else
            {
                Volatile.Write(ref _info, now);
                CompleteOutput();
                _exited.TrySetResult();
            }
        }

        return now;
    }

    private void CompleteOutput()
    {
        if (!Stdio.Output.IsCompleted)
        {
            Stdio.Output.Complete();
        }
    }

    private UpstreamStreams Streams() => new(Info.Spec.Stdin && !(_ledger?.Record.StdinClosed ?? false), Info.Spec.Tty);
}
