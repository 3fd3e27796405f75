using CriAttach.Interfaces.Faults;

namespace CriAttach.Grains.Ports;

/// <summary>A runtime whose containers come and go by themselves: somebody else makes and removes them.</summary>
public interface IContainerSource : IContainerRuntime
{
    /// <summary>Begins to announce containers. Called once, after <see cref="IContainerRuntime.RecoverAsync"/>, whose containers are not announced again.</summary>
    /// <param name="sink">Who is told.</param>
    void Follow(IContainerSink sink);

    /// <summary>Looks now: whatever has come before this call was announced when it completes.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="NodeUnavailableException">Whoever has the containers does not answer.</exception>
    Task LookAsync(CancellationToken cancellationToken);

    /// <summary>Announces no more.</summary>
    Task StopAsync();
}
