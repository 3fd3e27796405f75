using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;

namespace CriAttach.Grains.Ports;

/// <summary>This node: its containers. The truth that the grains are façades of.</summary>
public interface INodeAgent
{
    /// <summary>Gets the node's name.</summary>
    string Name { get; }

    /// <summary>Gets the version of the silo.</summary>
    string Version { get; }

    /// <summary>Gets the names of the runtimes, the default first.</summary>
    IReadOnlyList<string> Runtimes { get; }

    /// <summary>Gets all containers, in the order in which they were made.</summary>
    IReadOnlyList<IRuntimeContainer> Containers { get; }

    /// <summary>Gets a number that grows with every container that comes or goes.</summary>
    long Revision { get; }

    /// <summary>Finds a container by its full id.</summary>
    /// <param name="containerId">The id.</param>
    IRuntimeContainer? Find(string containerId);

    /// <summary>Looks whether containers have come that nobody told us of, where there is such a runtime.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="NodeUnavailableException">Whoever has them does not answer.</exception>
    Task LookAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Makes a container.</summary>
    /// <param name="spec">What it is to be.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="InvalidContainerSpecException">The spec asks for what cannot be, or its name is taken.</exception>
    /// <exception cref="RuntimeFailureException">The runtime failed.</exception>
    Task<ContainerInfo> CreateAsync(ContainerSpec spec, CancellationToken cancellationToken);

    /// <summary>Removes a container.</summary>
    /// <param name="containerId">The id.</param>
    /// <param name="force">Whether to kill PID 1 first.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ContainerNotFoundException">There is none.</exception>
    /// <exception cref="ContainerStateException">It runs, and <paramref name="force"/> is false.</exception>
    Task RemoveAsync(string containerId, bool force, CancellationToken cancellationToken);
}
