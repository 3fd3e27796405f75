namespace CriAttach.Interfaces.Clustering;

/// <summary>Where the cluster keeps its membership.</summary>
public enum ClusterProvider
{
    /// <summary>In the memory of the primary silo: nothing to install, gone with that silo. For development and for one node.</summary>
    Development,

    /// <summary>In Redis.</summary>
    Redis,

    /// <summary>In PostgreSQL. The tables are made when they are missing.</summary>
    PostgreSql,
}
