namespace CriAttach.Grains.Ports;

/// <summary>Keeps the node's sessions on its disk, so that a restarted silo knows them. Holds hashes of tokens, never tokens.</summary>
public interface ISessionJournal
{
    /// <summary>What was kept, the newest state of each session that had not ended.</summary>
    IReadOnlyList<SessionRecord> Load();

    /// <summary>Keeps a session's newest state. An ended one is forgotten.</summary>
    /// <param name="record">The state.</param>
    void Write(SessionRecord record);
}
