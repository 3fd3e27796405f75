namespace CriAttach.Streams.Input;

/// <summary>How the owner sees a producer's input.</summary>
[GenerateSerializer, Alias("criattach.PublishStatus")]
internal enum PublishStatus : byte
{
    /// <summary>In order; the offsets of the reply say how far.</summary>
    Accepted = 0,

    /// <summary>PID 1's standard input is closed, or there is none: what comes is thrown away.</summary>
    Closed = 1,

    /// <summary>The owner started anew: what was sent but not delivered is in doubt. Without an incarnation: the session is over.</summary>
    Unknown = 2,
}
