using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Stdio;
using CriAttach.Model.Tests.Simulation;
using CriAttach.Streams;
using CriAttach.Streams.Delivery;
using Orleans.Streams;

namespace CriAttach.Model.Tests.Output;

/// <summary>
/// Somebody on a gateway of their own who reads the container's output: fast, slowly or not at all; who may lose the gateway, and comes back to
/// where it was. Checks every byte, every gap and the end.
/// </summary>
internal sealed partial class Viewer(Run run, int number, bool mayHold, World world)
{
    private readonly TaskScheduler _scheduler = number % 2 == 0 ? TaskScheduler.Default : new TurnScheduler();
    private int _lives;
    private OutputSubscriber? _subscriber;
    private Task _starting = Task.CompletedTask;
    private bool _gone;
    private bool _isOffline;

    public int Number { get; } = number;

    public bool MayHold { get; } = mayHold;

    /// <summary>Gets the gateway's process.</summary>
    public Life Life { get; private set; } = new("nobody", run.Clock);

    /// <summary>Gets the subscription as the node sees it.</summary>
    public Agreement? Agreement { get; private set; }

    /// <summary>Gets a value indicating whether it has been told the end.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Gets a value indicating whether it waits for nothing more: it has been told the end, or its client has no connection.</summary>
    public bool IsAtRest => IsDone || _isOffline;

    /// <summary>Gets where its client knows itself to be.</summary>
    public (long Epoch, long Offset) Place => _expected is { } offset ? (_epoch, offset) : _placeBeforeGap;

    /// <summary>Begins to read, from where it was where it has read before.</summary>
    public void Start()
    {
        if (!Life.IsOver)
        {
            End();
        }

        Life = new Life($"gateway {Number}.{++_lives}", run.Clock);
        _gone = false;
        var from = _expected is { } offset ? new StdioToken(offset, _epoch) : null;
        run.Note($"viewer {Number} starts at {(object?)from ?? "the live edge"}");
        Agreement = new Agreement(run, this, world.Holds, world.Losses, world.Settings.Delivery.LeaseTimeout);
        var context = world.ContextOf(this, Agreement);
        var observer = new LifeObserver(Life, this);

        // A subscriber hands chunks over where it was made.
        new Task(() => _subscriber = new OutputSubscriber(context, observer, from, MayHold)).RunSynchronously(_scheduler);
        _starting = _subscriber!.StartAsync();
    }

    /// <summary>Begins for a client that was told where: where it comes back, no byte is left out and none comes again.</summary>
    public void Begin(long epoch, long offset)
    {
        run.Check(!_isOffline || Place == (epoch, offset), $"viewer {Number} comes back at {Place.Offset}@{Place.Epoch}, and is to go on at {offset}@{epoch}");
        (_epoch, _expected, _isOffline) = (epoch, offset, false);
        if (!IsDone)
        {
            Start();
        }
    }

    /// <summary>Its client's connection is gone, with the gateway's notice or without.</summary>
    public void Part(bool noticed)
    {
        if (noticed)
        {
            Leave();
        }

        if (!_gone)
        {
            Kill();
        }

        _isOffline = true;
    }

    /// <summary>The gateway is killed.</summary>
    public void Kill()
    {
        run.Note($"gateway {Number} is killed");
        End();
    }

    /// <summary>The client goes.</summary>
    public void Leave()
    {
        if (_subscriber is { } subscriber && _starting.IsCompletedSuccessfully && !_gone)
        {
            run.Note($"viewer {Number} leaves");
            _gone = true;
            _ = subscriber.UnsubscribeAsync();
        }
    }

    /// <summary>Comes back where it went, its start failed, or it was given up.</summary>
    public void ComeBack()
    {
        if (!IsAtRest && (_subscriber is null || _gone || _starting.IsFaulted))
        {
            Start();
        }
    }

    private void End()
    {
        Life.End();
        world.Network.Forget(Life, callee: false);
        _subscriber = null;
        _held = null;
    }

    private void Completed()
    {
        run.Note($"viewer {Number} is at the end");
        var file = world.File;
        var atEnd = _expected is null ? _starts.Contains((file.Epoch, file.Length)) : _epoch == file.Epoch && _expected == file.Length;
        run.Check(atEnd, $"viewer {Number} was told the end at {_expected}@{_epoch}, which is at {file.Length}@{file.Epoch}");
        IsDone = true;
    }

    private void GivenUp(Exception fault)
    {
        run.Note($"viewer {Number} is given up: {fault.GetType().Name}");
        run.Check(fault is NodeUnavailableException, $"viewer {Number} was told {fault}");
        _gone = true;
    }

    /// <summary>A subscription belongs to a process: that of a dead one tells the viewer nothing.</summary>
    private sealed class LifeObserver(Life life, Viewer viewer) : IAsyncObserver<StdioChunk>
    {
        private bool IsHeard => !life.IsOver && !viewer._gone;

        public Task OnNextAsync(StdioChunk item, StreamSequenceToken? token = null) => IsHeard ? viewer.TakeAsync(item) : Task.CompletedTask;

        public Task OnCompletedAsync()
        {
            if (IsHeard)
            {
                viewer.Completed();
            }

            return Task.CompletedTask;
        }

        public Task OnErrorAsync(Exception ex)
        {
            if (IsHeard)
            {
                viewer.GivenUp(ex);
            }

            return Task.CompletedTask;
        }
    }
}
