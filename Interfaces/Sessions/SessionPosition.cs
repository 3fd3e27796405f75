namespace CriAttach.Interfaces.Sessions;

/// <summary>How far a client had come when its connection broke.</summary>
[GenerateSerializer, Immutable, Alias("criattach.SessionPosition")]
public sealed record SessionPosition
{
    /// <summary>Gets the epoch of <see cref="Offset"/>.</summary>
    [Id(0)]
    public required long Epoch { get; init; }

    /// <summary>Gets the offset of the first byte of output that it has not got.</summary>
    [Id(1)]
    public required long Offset { get; init; }

    /// <summary>Gets the offset behind the last byte of input that it ever sent.</summary>
    [Id(2)]
    public required long Input { get; init; }
}
