using CriAttach.Silo.Runtimes.CriUpstream.Joining;
using CriAttach.Silo.Runtimes.CriUpstream.Logs;

namespace CriAttach.Silo.Runtimes.CriUpstream;

/// <summary>
/// Brings a container's output from its log file and from the attachment into the log in memory (docs/adr/0015). It reads neither while readers may
/// hold PID 1 up: the runtime then waits for the attachment, which is the only way to slow PID 1 down. One loop, on whatever thread has news.
/// </summary>
internal sealed partial class UpstreamPump(
    IUpstreamEvents container, bool terminal, UpstreamLink link, UpstreamOutput output, UpstreamLog? log, CriUpstreamOptions options, TimeProvider clock, ILogger<UpstreamPump> logger, CancellationToken stopping)
{
    private const int Turn = 256 * 1024;
    private const int ReadSize = 32 * 1024;

    // As much as the two ends' socket buffers can hold.
    private const int Rest = 16 * 1024 * 1024;

    // The log and a new attachment are given so long to show the same bytes.
    private static readonly TimeSpan SeekPatience = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan SilencePatience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan HoldCheck = TimeSpan.FromMilliseconds(100);

    private readonly OutputMerge _merge = new(terminal, output);
    private readonly byte[] _buffer = new byte[ReadSize];
    private UpstreamLog? _log = log;
    private IUpstreamAttachment? _attachment;
    private Task<IUpstreamAttachment?> _opening = Task.FromResult<IUpstreamAttachment?>(null);
    private Task<UpstreamRead>? _read;
    private long _movedAt;
    private long? _heldSince;
    private bool _settled;
    private bool _assumed;

    /// <summary>Takes what the log has by now. Called before <see cref="RunAsync"/>, while nobody reads.</summary>
    public void CatchUp()
    {
        while (ReadLog())
        {
            // On to its end.
        }

        output.Log.Flush();
    }

    /// <summary>Runs until the container has ended and its output is complete.</summary>
    /// <param name="detach">Lets go of the container.</param>
    /// <returns><c>false</c> when it was let go of.</returns>
    public async Task<bool> RunAsync(CancellationToken detach)
    {
        _opening = link.OpenAsync(container.MayRunAsync);
        _movedAt = clock.GetTimestamp();
        while (!detach.IsCancellationRequested)
        {
            await WaitForRoomAsync(detach).ConfigureAwait(false);

            // When PID 1 has ended, containerd gives its attachers but a moment (tens of milliseconds) to take the rest. After a hold that is megabytes;
            // what is not taken in time is in no log either, and StopContainer takes two seconds longer. Only where the attachment stands must be known.
            var moved = false;
            if (container.InitEnded.IsCompleted)
            {
                moved = !_merge.IsJoined && ReadLog();
                moved |= await ReadLiveAsync(Rest).ConfigureAwait(false);
            }

            moved |= ReadLog();
            if (_attachment is null && _opening.IsCompleted)
            {
                _attachment = await _opening.ConfigureAwait(false);
                if (_attachment is null)
                {
                    return await DrainAsync(detach).ConfigureAwait(false);
                }

                _merge.Begin();
            }

            moved |= await ReadLiveAsync(Turn).ConfigureAwait(false);
            ReleaseHeld();
            NoteOffsets();
            if (moved)
            {
                (_movedAt, _settled, _assumed) = (clock.GetTimestamp(), false, false);
                continue;
            }

            BeQuiet(clock.GetElapsedTime(_movedAt));
            output.Log.Flush();
            await WaitAsync(Pause(clock.GetElapsedTime(_movedAt)), detach).ConfigureAwait(false);
        }

        return false;
    }

    /// <summary>Looks at the attachment as far as it has something now.</summary>
    private async ValueTask<bool> ReadLiveAsync(int most)
    {
        var taken = 0;
        while (_attachment is not null && taken < most && !_merge.IsFull)
        {
            _read ??= _attachment.ReadAsync(_buffer, CancellationToken.None).AsTask();
            if (!_read.IsCompleted)
            {
                break;
            }

            var read = await _read.ConfigureAwait(false);
            _read = null;
            if (read.Count == 0)
            {
                _merge.End();
                await link.LostAsync(_attachment).ConfigureAwait(false);
                (_attachment, _opening) = (null, link.OpenAsync(container.MayRunAsync));
                return true;
            }

            link.Worked();
            taken += read.Count;
            var bytes = _buffer.AsSpan(0, read.Count);
            if (_log is null)
            {
                output.Tell(read.Stream, bytes);
            }
            else if (!_merge.AddLive(read.Stream, bytes))
            {
                Contradict();
            }
        }

        return taken > 0;
    }

    private void ReleaseHeld()
    {
        if (!_merge.IsSeeking)
        {
            _heldSince = null;
            return;
        }

        var now = clock.GetTimestamp();
        _heldSince ??= now;
        var waited = clock.GetElapsedTime(_heldSince.Value, now);
        if (waited >= SeekPatience)
        {
            _merge.Release(waited >= SilencePatience ? Waited.ForFirstBytes : Waited.ToBeFound);
        }
    }

    private void BeQuiet(TimeSpan since)
    {
        if (since >= Settled && !_settled)
        {
            _settled = true;
            _merge.Settle();
            NoteOrderLasting();
        }

        if (since >= options.UnfinishedLinePatience && !_assumed)
        {
            _assumed = true;
            _merge.Release(Waited.ForTheSame);
            if (_merge.Assume())
            {
                LogAssumed(logger, container.Key);
            }
        }
    }

    // While the attachment is there, it says when there is something in the log to look for.
    private TimeSpan Pause(TimeSpan since) => TimeSpan.FromMilliseconds(
        since.TotalMilliseconds < 20 ? 1 : since.TotalMilliseconds < 100 ? 5 : _attachment is null || since < options.UnfinishedLinePatience + Settled ? 50 : 1000);

    private async ValueTask WaitAsync(TimeSpan pause, CancellationToken detach)
    {
        var timer = Task.Delay(pause, clock, detach);
        await Task.WhenAny(_read ?? (_attachment is null ? _opening : (Task)timer), timer).ConfigureAwait(false);
    }

    private async ValueTask WaitForRoomAsync(CancellationToken detach)
    {
        // The runtime waits for us before it says so. From then on nobody is held up but the runtime.
        var ended = container.InitEnded;
        if (ended.IsCompleted || stopping.IsCancellationRequested)
        {
            return;
        }

        var room = output.Log.WaitForRoomAsync(stopping).AsTask();
        if (!room.IsCompleted)
        {
            output.Log.Flush();
        }

        while (!room.IsCompleted && !ended.IsCompleted && !detach.IsCancellationRequested)
        {
            await Task.WhenAny(room, ended, Task.Delay(HoldCheck, clock, detach)).ConfigureAwait(false);
        }
    }
}
