namespace CriAttach.ChaosRunner;

/// <summary>Something that breaks, and is whole again when its task ends.</summary>
/// <param name="Name">Its name.</param>
/// <param name="HappenAsync">Breaks and mends it.</param>
/// <param name="Clients">How many clients are there, each with a container of its own.</param>
internal sealed record ChaosFault(string Name, Func<ChaosCluster, ChaosLoad, Task> HappenAsync, int Clients = 1);
