using CriAttach.Interfaces.Containers;

namespace CriAttach.Streams;

/// <summary>Where the stream provider finds the containers of its node. The node agent implements it.</summary>
public interface IStdioEndpoints
{
    /// <summary>The endpoint of a container; none when this node does not run it.</summary>
    /// <param name="key">The container.</param>
    StdioEndpoint? Find(ContainerKey key);
}
