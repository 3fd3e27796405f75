using CriAttach.Streams.Log;

namespace CriAttach.Streams.Delivery;

/// <content>Reading what has left the memory from the archive, at its exact offset.</content>
internal sealed partial class OutputSubscription
{
    private async Task CatchUpAsync()
    {
        // Off the appender's thread: it must not wait for a disk.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (!_stopped && _sent < _log.Tail)
        {
            var from = _sent;
            try
            {
                await ReadArchiveAsync().ConfigureAwait(false);
            }
            catch (Exception fault)
            {
                // The archive is a runtime's code, and its files move: opened anew it may go on.
                Log.ArchiveFailed(_logger, _request.Subscription, _sent, fault);
            }

            if (_sent == from && !_stopped)
            {
                SkipToMemory();
            }
        }

        _log.Skip(_reader, _sent);
        _catchingUp = false;
        Pump();
    }

    /// <summary>Sends archived bytes until memory has what follows, or the archive does not go on.</summary>
    private async Task ReadArchiveAsync()
    {
        if (_log.Archive is null || await _log.Archive.OpenAsync(_sent, CancellationToken.None).ConfigureAwait(false) is not { } archive)
        {
            return;
        }

        await using (archive.ConfigureAwait(false))
        {
            while (!_stopped && _sent < _log.Tail)
            {
                var credit = await WaitForCreditAsync().ConfigureAwait(false);
                if (credit <= 0)
                {
                    return;
                }

                var wanted = (int)Math.Min(Math.Min(_batchLimit, credit), _log.Tail - _sent);
                var block = new PooledBlock(wanted);
                var read = await archive.ReadAsync(block.Memory[..wanted], CancellationToken.None).ConfigureAwait(false);
                if (read.Count == 0 || _stopped)
                {
                    block.Release();
                    return;
                }

                Send([new LogSlice(read.Stream, block, block.Memory[..read.Count])], gap: 0, end: false);
            }
        }
    }

    /// <summary>Nobody has the bytes before the memory's tail any more: the next batch tells how many that are.</summary>
    private void SkipToMemory()
    {
        var oldest = _log.Archive is { } archive && archive.Tail > _sent && archive.Tail < _log.Tail ? archive.Tail : _log.Tail;
        var gap = oldest - _sent;
        if (gap > 0)
        {
            Log.OutputLost(_logger, _request.Subscription, gap, _sent);
            Send([], gap, end: false);
        }
    }

    /// <returns>How many bytes the window has room for; none when there is nobody any more to send to.</returns>
    private async Task<long> WaitForCreditAsync()
    {
        while (true)
        {
            var credit = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            // A full fence: either this sees the acknowledgement, or the acknowledgement sees this.
            Interlocked.Exchange(ref _credit, credit);
            var room = _request.Window - (_sent - Volatile.Read(ref _acknowledged));
            if (room > 0 || _stopped)
            {
                return _stopped ? 0 : room;
            }

            await credit.Task.ConfigureAwait(false);
        }
    }
}
