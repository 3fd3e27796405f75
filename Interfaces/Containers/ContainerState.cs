namespace CriAttach.Interfaces.Containers;

/// <summary>The life of a container. The values are those of CRI's <c>ContainerState</c>.</summary>
[GenerateSerializer, Alias("criattach.ContainerState")]
public enum ContainerState : byte
{
    /// <summary>Made, not started.</summary>
    Created = 0,

    /// <summary>PID 1 runs.</summary>
    Running = 1,

    /// <summary>PID 1 has ended.</summary>
    Exited = 2,

    /// <summary>Nobody can tell.</summary>
    Unknown = 3,
}
