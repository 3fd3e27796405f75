namespace CriAttach.Testing.Processes;

/// <summary>Where the processes under test keep their membership.</summary>
public sealed record ClusterStorage
{
    /// <summary>The primary silo's memory. It is the first silo's, so the others cannot do without that one.</summary>
    public static ClusterStorage Development { get; } = new() { Provider = "Development" };

    /// <summary>The value of <c>CriAttach:Cluster:Provider</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The value of <c>CriAttach:Cluster:ConnectionString</c>.</summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>Redis.</summary>
    /// <param name="connectionString">How to reach it.</param>
    public static ClusterStorage Redis(string connectionString) => new() { Provider = "Redis", ConnectionString = connectionString };

    /// <summary>PostgreSQL.</summary>
    /// <param name="connectionString">How to reach it.</param>
    public static ClusterStorage PostgreSql(string connectionString) => new() { Provider = "PostgreSql", ConnectionString = connectionString };
}
