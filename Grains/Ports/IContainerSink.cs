namespace CriAttach.Grains.Ports;

/// <summary>Is told of containers that come and go by themselves.</summary>
public interface IContainerSink
{
    /// <summary>There is a container that was not there before.</summary>
    /// <param name="container">The container, under the id that its runtime gave it.</param>
    void Found(IRuntimeContainer container);

    /// <summary>A container is there no more. It was let go of already.</summary>
    /// <param name="containerId">Its id.</param>
    void Gone(string containerId);
}
