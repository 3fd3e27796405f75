using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Model.Tests.Nodes;

/// <summary>The journal on the node's disk, which outlives the silo.</summary>
internal sealed class ModelJournal : ISessionJournal
{
    // In the order of their ids, so that a run repeats exactly.
    private readonly SortedDictionary<string, SessionRecord> _records = new(StringComparer.Ordinal);

    public IReadOnlyList<SessionRecord> Load() => [.. _records.Values];

    public void Write(SessionRecord record)
    {
        if (record.Info.State == SessionState.Ended)
        {
            _records.Remove(record.Info.Key.Id);
        }
        else
        {
            _records[record.Info.Key.Id] = record;
        }
    }
}
