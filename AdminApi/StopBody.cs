namespace CriAttach.AdminApi;

/// <summary>How to stop a container.</summary>
public sealed record StopBody
{
    /// <summary>How long PID 1 may take when nobody says otherwise.</summary>
    public const int DefaultTimeoutSeconds = 10;

    /// <summary>Gets how many seconds PID 1 may take before it is killed; null for <see cref="DefaultTimeoutSeconds"/>.</summary>
    public int? TimeoutSeconds { get; init; }
}
