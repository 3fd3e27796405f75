namespace CriAttach.Micro.Streams;

/// <summary>Makes <see cref="BenchContainerGrain"/> a grain; nobody calls it.</summary>
[Alias("criattach.bench-container")]
internal interface IBenchContainerGrain : IGrainWithStringKey;
