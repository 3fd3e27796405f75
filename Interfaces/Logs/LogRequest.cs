namespace CriAttach.Interfaces.Logs;

/// <summary>Asks for a page of a container's CRI log.</summary>
[GenerateSerializer, Immutable, Alias("criattach.LogRequest")]
public sealed record LogRequest
{
    /// <summary>Gets where to go on: <see cref="LogPage.Next"/> of the page before; empty for the first page.</summary>
    [Id(0)]
    public string Position { get; init; } = "";

    /// <summary>Gets, for the first page, how many lines from the end to begin with; none for all that the node keeps.</summary>
    [Id(1)]
    public long? TailLines { get; init; }

    /// <summary>Gets the time before which lines are left out.</summary>
    [Id(2)]
    public DateTimeOffset? Since { get; init; }

    /// <summary>Gets a value indicating whether each line begins with its time.</summary>
    [Id(3)]
    public bool Timestamps { get; init; }

    /// <summary>Gets how long to wait for output where the log has no more; at most 5 seconds count.</summary>
    [Id(4)]
    public TimeSpan Wait { get; init; }
}
