using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Sessions;
using CriAttach.Streams.Input;

namespace CriAttach.Grains.Sessions;

/// <content>Sessions that outlive their connections: suspended when one breaks, resumed by a token of its own, once for each token.</content>
internal sealed partial class SessionTable
{
    // Attempts of one client of which it has not heard.
    private const int UnusedKept = 4;

    private readonly Dictionary<string, string> _resumes = new(StringComparer.Ordinal);

    /// <summary>A connection is done with its session, which ends or waits for its client.</summary>
    /// <param name="id">The session.</param>
    /// <param name="connection">The connection's nonce: one that was replaced has nothing to say.</param>
    /// <param name="cause">Why.</param>
    public void Leave(string id, Guid connection, EndCause cause)
    {
        lock (_lock)
        {
            if (!_sessions.TryGetValue(id, out var entry) || entry.Record.Nonce != connection)
            {
                return;
            }

            if (cause.IsInterruption())
            {
                Interrupt(id, entry, cause);
            }
            else
            {
                EndLocked(id, entry, cause);
            }
        }
    }

    /// <summary>Nobody serves the session any more. Holds the lock.</summary>
    private void Interrupt(string id, SessionEntry entry, EndCause cause)
    {
        if (entry.Record.ResumeIds.Count == 0 || _options.MaxSuspended == 0)
        {
            EndLocked(id, entry, cause);
            return;
        }

        if (entry.Record.Info.State == SessionState.Suspended)
        {
            return;
        }

        MakeRoom();
        entry.Record = entry.Record with { Info = entry.Record.Info with { State = SessionState.Suspended, Cause = cause } };
        entry.RenewedAt = _clock.GetTimestamp();
        _journal.Write(entry.Record);
        Log.Suspended(_logger, id, entry.Record.Info.Container.ContainerId, cause);
    }

    private void MakeRoom()
    {
        var waiting = _sessions.Where(pair => pair.Value.Record.Info.State == SessionState.Suspended).ToArray();
        if (waiting.Length >= _options.MaxSuspended)
        {
            // Of the container that has most: its clients are not to drive out those of others.
            var most = waiting.GroupBy(pair => pair.Value.Record.Info.Container).MaxBy(group => group.Count())!;
            var (id, entry) = most.MinBy(pair => pair.Value.RenewedAt);
            EndLocked(id, entry, entry.Record.Info.Cause);
        }
    }

    /// <summary>The gateway was cut off for a while and still has the connection. Holds the lock.</summary>
    private void Reform(SessionEntry entry)
    {
        entry.Record = entry.Record with { Info = entry.Record.Info with { State = SessionState.Claimed, Cause = EndCause.None } };
        _journal.Write(entry.Record);
    }

    /// <summary>A client comes back, whether or not its old connection is known to be broken. Holds the lock.</summary>
    private ClaimResult Resume(string resumeId, SessionEntry entry, ClaimRequest request)
    {
        var record = entry.Record;
        if (record.Nonce == request.Nonce)
        {
            return record.Claim!;
        }

        var id = record.Info.Key.Id;
        if (request.From is not { } from || _agent.Find(record.Info.Container.ContainerId) is not { } container)
        {
            if (request.From is not null)
            {
                EndLocked(id, entry, EndCause.ContainerRemoved);
            }

            return new ClaimResult { Outcome = ClaimOutcome.Unknown };
        }

        // A producer of its own: what the old connection's gateway still sends must not come between.
        var producer = record.Claim!.InputProducer == Guid.Empty ? Guid.Empty : Guid.NewGuid();
        var place = container.Stdio.Input?.Replace(record.Claim.InputProducer, producer) ?? InputPlace.Unknown;
        var first = record.First ?? new SessionPosition { Epoch = record.Claim.Epoch, Offset = record.Claim.StartOffset, Input = 0 };
        var start = NotBefore(first, from, container);
        entry.Record = record with
        {
            First = first,
            InputTaken = Math.Max(record.InputTaken, place.Taken),
            Info = record.Info with { State = SessionState.Claimed, Cause = EndCause.None, Gateway = request.Gateway, Address = request.Address, ClaimedAt = _clock.GetUtcNow() },
            Nonce = request.Nonce,
            ResumeIds = Successors(record.ResumeIds, resumeId, request.ResumeId),
            Claim = record.Claim with
            {
                StartOffset = start.Offset,
                Epoch = start.Epoch,
                InputProducer = producer,
                InputStart = place.Next ?? from.Input,
                InputDoubtBefore = producer == Guid.Empty ? 0 : place.Next is null ? from.Input : place.DoubtBefore,
                Share = ShareOf(record),
            },
        };
        entry.RenewedAt = _clock.GetTimestamp();
        ForgetResume(record);
        RememberResume(entry.Record);
        _journal.Write(entry.Record);
        container.Stdio.Output.ClientReturned();
        Log.Resumed(_logger, id, record.Info.Container.ContainerId, request.Gateway);
        return entry.Record.Claim!;
    }

    /// <summary>
    /// Where the client goes on: where it says, for it alone knows, but not before its session's beginning. What lies there it was never shown, and perhaps
    /// no recording has it. Output of another epoch has begun since; a number of an epoch that is none would lead to the oldest that memory has.
    /// </summary>
    private static SessionPosition NotBefore(SessionPosition first, SessionPosition from, IRuntimeContainer container)
    {
        var output = container.Stdio.Output;
        return from.Epoch == first.Epoch || from.Epoch == 0
            ? first with { Offset = Math.Max(first.Offset, from.Offset) }
            : output.Epoch == first.Epoch && output.Tail < first.Offset ? first : from;
    }

    private void RememberResume(SessionRecord record)
    {
        foreach (var id in record.ResumeIds)
        {
            _resumes[id] = record.Info.Key.Id;
        }
    }

    private void ForgetResume(SessionRecord record)
    {
        foreach (var id in record.ResumeIds)
        {
            _resumes.Remove(id);
        }
    }

    /// <summary>What is good after an id was used: that one, its successor, and, where it had been used before, the successors that nobody has used yet.</summary>
    private static List<string> Successors(IReadOnlyList<string> known, string used, string next) =>
        [used, .. used == known[0] ? known.Skip(1).Where(id => id != next).TakeLast(UnusedKept) : [], .. next.Length > 0 ? [next] : (string[])[]];
}
