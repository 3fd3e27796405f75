namespace CriAttach.Interfaces.Recordings;

/// <summary>A part of a recording's bytes.</summary>
[GenerateSerializer, Immutable, Alias("criattach.RecordingPage")]
public sealed record RecordingPage
{
    /// <summary>The most bytes that <see cref="Data"/> holds.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>Gets the bytes.</summary>
    [Id(0)]
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Gets where the next page begins.</summary>
    [Id(1)]
    public required long Next { get; init; }

    /// <summary>Gets a value indicating whether there were no more bytes when this page was made.</summary>
    [Id(2)]
    public bool AtEnd { get; init; }
}
