using CriAttach.Interfaces.Containers;

namespace CriAttach.Streams;

/// <summary>The identities of a container's two Orleans streams, and the name of the provider that carries them.</summary>
public static class StdioStreams
{
    /// <summary>The name for <c>GetStreamProvider</c>.</summary>
    public const string ProviderName = "stdio";

    /// <summary>The namespace of output streams: standard output and standard error in one sequence.</summary>
    public const string OutputNamespace = "criattach.output";

    /// <summary>The namespace of input streams.</summary>
    public const string InputNamespace = "criattach.input";

    /// <summary>The stream of everything that PID 1 writes.</summary>
    /// <param name="container">The container.</param>
    public static StreamId Output(ContainerKey container) => StreamId.Create(OutputNamespace, container.ToString());

    /// <summary>The stream of everything that sessions send to PID 1.</summary>
    /// <param name="container">The container.</param>
    public static StreamId Input(ContainerKey container) => StreamId.Create(InputNamespace, container.ToString());

    /// <summary>Says that a session's input does not go on by this process, although it has not ended: nothing of it need be remembered here.</summary>
    /// <param name="client">The client that published it.</param>
    /// <param name="producer">The session's producer id.</param>
    public static void Forget(IClusterClient client, Guid producer) => (client.GetStreamProvider(ProviderName) as StdioStreamProvider)?.Forget(producer);
}
