namespace CriAttach.Streams.Input;

/// <summary>What the owner knows of one session's input. Belongs to the queue's lock.</summary>
internal sealed class StdinProducer
{
    /// <summary>Gets what to call when its bytes come and those before were another's.</summary>
    public Action? Typed { get; init; }

    /// <summary>Gets or sets a value indicating whether an owner before this one may have taken input of it.</summary>
    public bool Restored { get; set; }

    /// <summary>Gets or sets the offset up to which an owner before this one had taken input of the session's connection before.</summary>
    public long TakenBefore { get; set; }

    /// <summary>Gets a value indicating whether nothing behind that was taken.</summary>
    public bool TakenIsExact { get; private set; }

    /// <summary>Gets or sets a value indicating whether its id is of this owner's making, so that no owner before can have got anything under it.</summary>
    public bool Renamed { get; set; }

    /// <summary>Gets or sets a value indicating whether anything has come from it.</summary>
    public bool Begun { get; set; }

    /// <summary>Gets or sets the offset at which this owner's part begins; 0 where all of it is this owner's.</summary>
    public long BeganAt { get; set; }

    /// <summary>Gets or sets the offset of the next byte to take.</summary>
    public long Accepted { get; set; }

    /// <summary>Gets or sets the offset up to which the bytes are written.</summary>
    public long Written { get; set; }

    /// <summary>Gets or sets the offset up to which they reach PID 1 whatever becomes of this process.</summary>
    public long Delivered { get; set; }

    /// <summary>Gets or sets a value indicating whether the session has said that nothing follows.</summary>
    public bool Ended { get; set; }

    /// <summary>Gets or sets a value indicating whether that has its effect: it had its turn behind all that was queued before it.</summary>
    public bool EndTaken { get; set; }

    /// <summary>Gets or sets a value indicating whether what comes is thrown away: the session may not type.</summary>
    public bool Muted { get; set; }

    /// <summary>Gets or sets what those wait for who have bytes out of order or without room.</summary>
    public TaskCompletionSource? Changed { get; set; }

    /// <summary>What was taken of it is another owner's from now on.</summary>
    public void BeginAnew()
    {
        TakenIsExact |= Begun || !Restored;
        Restored = true;
        Renamed = false;
        TakenBefore = Math.Max(TakenBefore, Accepted);
        Begun = false;

        // One that had not had its turn is said again.
        Ended &= EndTaken;
    }
}
