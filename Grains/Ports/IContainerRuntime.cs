using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;

namespace CriAttach.Grains.Ports;

/// <summary>A way to run containers on this node.</summary>
public interface IContainerRuntime
{
    /// <summary>Gets the name by which a <see cref="ContainerSpec"/> asks for it.</summary>
    string Name { get; }

    /// <summary>Finds the containers again that an earlier life of the silo left behind, running or not.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task<IReadOnlyList<IRuntimeContainer>> RecoverAsync(CancellationToken cancellationToken);

    /// <summary>Makes a container; PID 1 does not run yet.</summary>
    /// <param name="key">Its node and id.</param>
    /// <param name="spec">What it is to be; <see cref="ContainerSpec.Name"/> is set.</param>
    /// <param name="cancellationToken">Ends the attempt; nothing is left behind.</param>
    /// <exception cref="InvalidContainerSpecException">The spec asks for what this runtime cannot do.</exception>
    /// <exception cref="RuntimeFailureException">It failed; nothing is left behind.</exception>
    Task<IRuntimeContainer> CreateAsync(ContainerKey key, ContainerSpec spec, CancellationToken cancellationToken);
}
