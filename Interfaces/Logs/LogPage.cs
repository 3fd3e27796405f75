namespace CriAttach.Interfaces.Logs;

/// <summary>A part of a container's log.</summary>
[GenerateSerializer, Immutable, Alias("criattach.LogPage")]
public sealed record LogPage
{
    /// <summary>The most bytes that <see cref="Data"/> holds.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>Gets what the container wrote, both streams, in the order of the log.</summary>
    [Id(0)]
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Gets where the next page begins. It stays valid for as long as the node keeps that part of the log.</summary>
    [Id(1)]
    public required string Next { get; init; }

    /// <summary>Gets a value indicating whether the log had no more when this page was made.</summary>
    [Id(2)]
    public bool AtEnd { get; init; }

    /// <summary>Gets a value indicating whether PID 1 has ended and this page is the last one.</summary>
    [Id(3)]
    public bool Complete { get; init; }

    /// <summary>Gets a value indicating whether the log from <see cref="LogRequest.Position"/> on is gone, and this page begins with the oldest that is left.</summary>
    [Id(4)]
    public bool Gap { get; init; }
}
