namespace CriAttach.Micro.Streams;

/// <summary>Stands in for the container grain: the provider's extension needs an activation to live on, and no more.</summary>
[GrainType("criattach.container")]
internal sealed class BenchContainerGrain : Grain, IBenchContainerGrain;
