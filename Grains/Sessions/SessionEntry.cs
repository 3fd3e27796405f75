using CriAttach.Grains.Ports;

namespace CriAttach.Grains.Sessions;

/// <summary>A row of the session table. Belongs to the table's lock.</summary>
internal sealed class SessionEntry(SessionRecord record)
{
    /// <summary>Gets or sets what is known of the session.</summary>
    public SessionRecord Record { get; set; } = record;

    /// <summary>Gets or sets when its gateway last renewed it, or when it was suspended.</summary>
    public long RenewedAt { get; set; }
}
