using System.Collections.Concurrent;
using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Grains.Tests;

/// <summary>A journal that outlives the table, as the node's disk does.</summary>
internal sealed class MemoryJournal : ISessionJournal
{
    private readonly ConcurrentDictionary<string, SessionRecord> _records = new();

    public IReadOnlyList<SessionRecord> Load() => [.. _records.Values];

    public void Write(SessionRecord record)
    {
        if (record.Info.State == SessionState.Ended)
        {
            _records.TryRemove(record.Info.Key.Id, out _);
        }
        else
        {
            _records[record.Info.Key.Id] = record;
        }
    }
}
