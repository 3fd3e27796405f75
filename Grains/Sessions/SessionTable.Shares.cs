using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Nodes;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Grains.Sessions;

/// <content>What the sessions of one container have of it: who may type, and whose window sets the size.</content>
internal sealed partial class SessionTable
{
    // By container, the session that alone may type.
    private readonly Dictionary<string, string> _holders = new(StringComparer.Ordinal);

    // Not from 1 again after a restart: a gateway tells by it what it has not heard.
    private long _shareRevision;

    /// <summary>A container, with the session that alone may type in it.</summary>
    /// <param name="info">The container as its runtime knows it.</param>
    public ContainerInfo WithHolder(ContainerInfo info)
    {
        lock (_lock)
        {
            return _holders.TryGetValue(info.Key.ContainerId, out var holder) ? info with { InputHolder = holder } : info;
        }
    }

    /// <summary>Gives a container's input to one session alone, or back to all peers.</summary>
    /// <returns>The session; none when it is unknown or over.</returns>
    /// <exception cref="ContainerStateException">It cannot type.</exception>
    public SessionInfo? HoldInput(string id, bool hold)
    {
        lock (_lock)
        {
            if (!_sessions.TryGetValue(id, out var entry))
            {
                return null;
            }

            var containerId = entry.Record.Info.Container.ContainerId;
            if (!hold)
            {
                if (entry.Record.HoldsInput)
                {
                    Release(containerId);
                }

                return View(entry);
            }

            if (entry.Record.Info is not { State: SessionState.Claimed, Streams.Stdin: true } || _agent.Find(containerId) is not { } container)
            {
                throw new ContainerStateException($"session {id} cannot be given the input: its client is not there, or it did not ask for standard input");
            }

            Release(containerId);
            _holders[containerId] = id;
            Note(entry, holds: true);
            MuteAll(containerId);
            Typed(id, container);
            return View(entry);
        }
    }

    /// <summary>All peers of a container may type again. Holds the lock.</summary>
    private void Release(string containerId)
    {
        if (_holders.Remove(containerId, out var holder))
        {
            if (_sessions.TryGetValue(holder, out var entry))
            {
                Note(entry, holds: false);
            }

            MuteAll(containerId);
        }
    }

    private void Note(SessionEntry entry, bool holds)
    {
        entry.Record = entry.Record with { HoldsInput = holds };
        _journal.Write(entry.Record);
    }

    private void MuteAll(string containerId)
    {
        if (_agent.Find(containerId)?.Stdio.Input is not { } input)
        {
            return;
        }

        foreach (var entry in _sessions.Values.Where(entry => entry.Record.Info.Container.ContainerId == containerId))
        {
            if (entry.Record.Claim is { } claim && claim.InputProducer != Guid.Empty)
            {
                input.Mute(claim.InputProducer, !MayType(entry.Record));
            }
        }
    }

    private bool MayType(SessionRecord record) =>
        record.Info is { Streams.Stdin: true, State: not SessionState.Issued }
        && (_holders.TryGetValue(record.Info.Container.ContainerId, out var holder)
            ? holder == record.Info.Key.Id
            : record.Info.Role == SessionRole.Peer);

    /// <summary>What anyone may see of a session. Holds the lock.</summary>
    private SessionInfo View(SessionEntry entry)
    {
        var info = entry.Record.Info;
        return info with
        {
            MayType = MayType(entry.Record),
            OwnsSize = _terminals.GetValueOrDefault(info.Container.ContainerId)?.Owner == info.Key.Id,
        };
    }

    private SessionShare ShareOf(SessionRecord record)
    {
        var container = record.Info.Container.ContainerId;
        var terminal = _terminals.GetValueOrDefault(container);
        return new SessionShare
        {
            MayType = MayType(record),
            Holder = _holders.GetValueOrDefault(container, ""),
            Size = terminal?.Owner == record.Info.Key.Id ? null : terminal?.Applied,
        };
    }

    /// <summary>What its gateway has not heard of a session's share. Holds the lock.</summary>
    private SessionChange? News(string id, SessionEntry entry, long seen)
    {
        var share = ShareOf(entry.Record);
        if (share != entry.Share)
        {
            (entry.Share, entry.ShareRevision) = (share, ++_shareRevision);
        }

        return entry.ShareRevision == seen ? null : new SessionChange { Session = id, Cause = EndCause.None, Share = share, Revision = entry.ShareRevision };
    }
}
