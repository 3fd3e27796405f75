namespace CriAttach.Interfaces.Sessions;

/// <summary>Which earlier output a session begins with.</summary>
[GenerateSerializer, Alias("criattach.Replay")]
public enum Replay : byte
{
    /// <summary>What PID 1 wrote before anyone was attached goes to the first who attaches; later ones start live.</summary>
    Unseen = 0,

    /// <summary>Nothing: the session starts live.</summary>
    None = 1,

    /// <summary>The newest bytes, as many as asked for.</summary>
    Tail = 2,

    /// <summary>Everything that is kept.</summary>
    All = 3,
}
