namespace CriAttach.Silo.Runtimes.CriUpstream.Cri;

/// <summary>The pod that a container belongs to.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
internal readonly record struct PodName(string Namespace, string Name);
