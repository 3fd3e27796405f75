namespace CriAttach.Interfaces.Containers;

/// <summary>Which containers a list should hold. Empty members filter nothing.</summary>
[GenerateSerializer, Immutable, Alias("criattach.ContainerFilter")]
public sealed record ContainerFilter
{
    /// <summary>Gets the id, or a prefix of it.</summary>
    [Id(0)]
    public string IdPrefix { get; init; } = "";

    /// <summary>Gets the state.</summary>
    [Id(1)]
    public ContainerState? State { get; init; }

    /// <summary>Gets labels that a container must all have.</summary>
    [Id(2)]
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}
