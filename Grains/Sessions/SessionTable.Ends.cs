using CriAttach.Grains.Containers;
using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Sessions;
using CriAttach.Interfaces.Stdio;

namespace CriAttach.Grains.Sessions;

/// <content>How sessions begin again and end, and what that does to their container.</content>
internal sealed partial class SessionTable
{
    // How many causes of ended sessions are remembered for gateways that have not asked yet. The oldest go first.
    private const int CausesKept = 4096;

    // How many ended sessions are remembered for people. The oldest go first.
    private const int HistoryKept = 256;

    private readonly Dictionary<string, (EndCause Cause, string Message)> _ended = new(StringComparer.Ordinal);
    private readonly Queue<string> _endedOrder = new();
    private readonly Queue<SessionInfo> _history = new();
    private readonly Dictionary<string, TerminalOwnership> _terminals = new(StringComparer.Ordinal);

    /// <summary>Gets the sessions that ended last, the newest first.</summary>
    public IReadOnlyList<SessionInfo> Ended
    {
        get
        {
            lock (_lock)
            {
                return [.. _history.Reverse()];
            }
        }
    }

    /// <summary>A session's window has a new size. That of a session that only watches is nobody's business.</summary>
    /// <returns>The size to give the terminal; none when another session owns it.</returns>
    public TerminalSize? Resize(string id, TerminalSize size)
    {
        lock (_lock)
        {
            if (!_sessions.TryGetValue(id, out var entry) || entry.Record.Info is not { State: SessionState.Claimed, Streams.Stdin: true })
            {
                return null;
            }

            if (MayType(entry.Record))
            {
                return Resized(entry, TerminalOf(entry).Resize(id, size));
            }

            TerminalOf(entry).Remember(id, size);
            return null;
        }
    }

    private void Restore()
    {
        var (now, timeOfDay) = (_clock.GetTimestamp(), _clock.GetUtcNow());
        var records = _journal.Load();
        foreach (var record in records.Where(record => record.HoldsInput))
        {
            _holders[record.Info.Container.ContainerId] = record.Info.Key.Id;
        }

        foreach (var record in records)
        {
            // What a clock that was set back meanwhile adds to a token's life is cut off here.
            var left = record.Info.ExpiresAt - timeOfDay;
            var entry = new SessionEntry(record) { RenewedAt = now, ClaimWithin = left < _options.TokenTtl ? left : _options.TokenTtl };
            _sessions[record.Info.Key.Id] = entry;
            RememberResume(record);
            if (record.Info.State == SessionState.Issued)
            {
                _unclaimed++;
            }
            else if (_agent.Find(record.Info.Container.ContainerId) is { } container)
            {
                Admit(entry, container, restored: true);
                _recorder.Attached(container, record.Info, offset: null);
            }
        }

        if (_sessions.Count > 0)
        {
            Log.Restored(_logger, _sessions.Count);
        }
    }

    /// <summary>Lets a claimed session type, and gives it the terminal.</summary>
    private void Admit(SessionEntry entry, IRuntimeContainer container, bool restored)
    {
        var id = entry.Record.Info.Key.Id;
        if (entry.Record.Claim is { } claim && claim.InputProducer != Guid.Empty)
        {
            var mayType = MayType(entry.Record);
            container.Stdio.Input?.AddProducer(claim.InputProducer, () => Typed(id, container), restored, muted: !mayType, entry.Record.InputTaken);
            if (mayType)
            {
                TerminalOf(entry).Take(id);
            }
        }
    }

    private void Typed(string id, IRuntimeContainer container)
    {
        TerminalSize? size;
        lock (_lock)
        {
            size = _sessions.TryGetValue(id, out var entry) ? Resized(entry, TerminalOf(entry).Take(id)) : null;
        }

        if (size is { } apply)
        {
            _ = ApplyAsync(container, apply);
        }
    }

    private async Task ApplyAsync(IRuntimeContainer container, TerminalSize size)
    {
        try
        {
            await container.ResizeAsync(size, CancellationToken.None).ConfigureAwait(false);
        }
        catch (IOException fault)
        {
            Log.ResizeFailed(_logger, container.Info.Key.ContainerId, fault);
        }
    }

    private TerminalOwnership TerminalOf(SessionEntry entry)
    {
        var container = entry.Record.Info.Container.ContainerId;
        if (!_terminals.TryGetValue(container, out var terminal))
        {
            _terminals[container] = terminal = new TerminalOwnership();
        }

        return terminal;
    }

    private EndCause EndLocked(string id, SessionEntry entry, EndCause cause, string message = "")
    {
        _sessions.Remove(id);
        ForgetResume(entry.Record);
        if (entry.Record.Info.State == SessionState.Issued)
        {
            _unclaimed--;
        }

        var containerId = entry.Record.Info.Container.ContainerId;
        if (_terminals.TryGetValue(containerId, out var terminal) && terminal.Leave(id))
        {
            _terminals.Remove(containerId);
        }

        if (entry.Record.Claim is { } claim && claim.InputProducer != Guid.Empty)
        {
            _agent.Find(containerId)?.Stdio.Input?.EndProducer(claim.InputProducer);
        }

        if (entry.Record.HoldsInput)
        {
            Release(containerId);
        }

        Remember(id, cause, message);
        var ended = entry.Record.Info with { State = SessionState.Ended, Cause = cause, Message = message, EndedAt = _clock.GetUtcNow() };
        _history.Enqueue(ended);
        if (_history.Count > HistoryKept)
        {
            _history.Dequeue();
        }

        // A sweep that made room by ending it may still meet it.
        entry.Record = entry.Record with { Info = ended };
        _journal.Write(entry.Record);
        _recorder.Left(ended);
        Log.Ended(_logger, id, containerId, cause);
        return cause;
    }

    private void Remember(string id, EndCause cause, string message)
    {
        if (_ended.TryAdd(id, (cause, message)))
        {
            _endedOrder.Enqueue(id);
            if (_endedOrder.Count > CausesKept)
            {
                _ended.Remove(_endedOrder.Dequeue());
            }
        }
    }

    private void Sweep()
    {
        lock (_lock)
        {
            Expire();
        }
    }

    private void Expire()
    {
        foreach (var (id, entry) in _sessions.ToArray())
        {
            var silent = _clock.GetElapsedTime(entry.RenewedAt);
            switch (entry.Record.Info.State)
            {
                case SessionState.Issued when silent > entry.ClaimWithin:
                    EndLocked(id, entry, EndCause.TokenExpired);
                    break;
                case SessionState.Claimed when silent > _options.LeaseTimeout:
                    Interrupt(id, entry, EndCause.GatewayLost);
                    break;
                case SessionState.Suspended when silent > _options.ResumeWindow:
                    EndLocked(id, entry, entry.Record.Info.Cause);
                    break;
                default:
                    break;
            }
        }
    }
}
