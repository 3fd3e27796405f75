using Orleans.GrainDirectory;

namespace CriAttach.Grains.Placement;

/// <summary>
/// The directory of the grains whose place follows from their key: it keeps nothing and asks nobody. Orleans looks a grain up before it places
/// it, whatever the placement; the default directory would ask the silo that owns the key's partition, and fail while that one is dead and
/// not yet voted out.
/// </summary>
internal sealed class NodeGrainDirectory : IGrainDirectory
{
    /// <summary>The name by which grain classes ask for it.</summary>
    public const string Name = "node";

    /// <inheritdoc/>
    public Task<GrainAddress?> Lookup(GrainId grainId) => Task.FromResult<GrainAddress?>(null);

    /// <inheritdoc/>
    public Task<GrainAddress?> Register(GrainAddress address) => Task.FromResult<GrainAddress?>(address);

    /// <inheritdoc/>
    public Task<GrainAddress?> Register(GrainAddress address, GrainAddress? previousAddress) => Register(address);

    /// <inheritdoc/>
    public Task Unregister(GrainAddress address) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task UnregisterSilos(List<SiloAddress> siloAddresses) => Task.CompletedTask;
}
