namespace CriAttach.Interfaces.Sessions;

/// <summary>What happens when a client reads more slowly than PID 1 writes.</summary>
[GenerateSerializer, Alias("criattach.Delivery")]
public enum Delivery : byte
{
    /// <summary>As the gateway is configured for the container's namespace.</summary>
    Unset = 0,

    /// <summary>PID 1 is slowed down, as by a terminal, as long as the client reads at a reasonable rate.</summary>
    Throttle = 1,

    /// <summary>PID 1 never waits: the client reads on from the container's log, and what is gone from there too is told as a gap.</summary>
    NeverBlock = 2,
}
