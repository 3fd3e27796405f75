using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Grains.Sessions;

/// <summary>A row of the session table. Belongs to the table's lock.</summary>
internal sealed class SessionEntry(SessionRecord record)
{
    /// <summary>Gets or sets what is known of the session.</summary>
    public SessionRecord Record { get; set; } = record;

    /// <summary>Gets or sets when its gateway last renewed it, or when it was issued or suspended. Not the time of day, which may be set.</summary>
    public long RenewedAt { get; set; }

    /// <summary>Gets for how long from then on it may be claimed, while it is issued.</summary>
    public TimeSpan ClaimWithin { get; init; }

    /// <summary>Gets or sets what it had of its container when its gateway last asked.</summary>
    public SessionShare? Share { get; set; }

    /// <summary>Gets or sets the number of that state.</summary>
    public long ShareRevision { get; set; }
}
