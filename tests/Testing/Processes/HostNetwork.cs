namespace CriAttach.Testing.Processes;

/// <summary>Where a process under test stands in the network.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Namespace">The name of its network namespace; none for that of the tests.</param>
public sealed record HostNetwork(string Address, string? Namespace = null)
{
    /// <summary>Loopback, where the tests are.</summary>
    public static HostNetwork Loopback { get; } = new("127.0.0.1");
}
