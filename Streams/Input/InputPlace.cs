namespace CriAttach.Streams.Input;

/// <summary>How far a session's input has come.</summary>
/// <param name="Next">The offset up to which PID 1 can read: what was taken beyond it is passed over when it comes again. None when only an owner before this one could tell.</param>
/// <param name="DoubtBefore">The offset before which input that was not acknowledged went to an owner before this one; 0 where there was none.</param>
/// <param name="Taken">The offset up to which this owner has taken it: an owner after this one must be told, for it may reach PID 1.</param>
public readonly record struct InputPlace(long? Next, long DoubtBefore, long Taken)
{
    /// <summary>Gets the place that nobody here knows.</summary>
    public static InputPlace Unknown => new(null, 0, 0);
}
