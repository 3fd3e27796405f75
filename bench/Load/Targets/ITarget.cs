namespace CriAttach.Load.Targets;

/// <summary>A running attach server with its containers. Disposing it stops everything that it started.</summary>
internal interface ITarget : IAsyncDisposable
{
    /// <summary>The unix socket that answers the CRI's Attach.</summary>
    string CriSocket { get; }

    /// <summary>The server's processes that carry stdio: its daemons, shims and conmons, not the containers' own.</summary>
    IReadOnlyList<TargetProcess> Processes();

    /// <summary>Starts a container with stdin, without terminal, whose stdin outlives sessions.</summary>
    Task<TargetContainer> StartContainerAsync(IReadOnlyList<string> command, CancellationToken cancellationToken);

    /// <summary>Kills a container and removes it with its log.</summary>
    Task RemoveContainerAsync(TargetContainer container, CancellationToken cancellationToken);
}
