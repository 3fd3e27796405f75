namespace CriAttach.Gateway.Streaming.Input;

/// <summary>Hears what becomes of a session's input.</summary>
internal interface IInputListener
{
    /// <summary>Gets a value indicating whether <see cref="DeliveredAsync"/> is wanted: it costs a call to the node now and then.</summary>
    bool WantsDelivered { get; }

    /// <summary>PID 1 can read all input up to here.</summary>
    /// <param name="offset">The offset behind the last byte.</param>
    Task DeliveredAsync(long offset);

    /// <summary>The node failed while input was under way; it is not sent again.</summary>
    /// <param name="from">The offset of the first byte in doubt.</param>
    /// <param name="to">The offset behind the last one.</param>
    Task InDoubtAsync(long from, long to);
}
