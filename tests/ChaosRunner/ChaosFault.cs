using CriAttach.Testing.Resume;

namespace CriAttach.ChaosRunner;

/// <summary>Something that breaks, and is whole again when its task ends.</summary>
/// <param name="Name">Its name.</param>
/// <param name="HappenAsync">Breaks and mends it.</param>
internal sealed record ChaosFault(string Name, Func<ChaosCluster, ResumableLoad, Task> HappenAsync);
