namespace CriAttach.AdminApi;

/// <summary>Recordings of the cluster.</summary>
public sealed record RecordingList
{
    /// <summary>Gets the recordings, the newest first.</summary>
    public required IReadOnlyList<RecordingView> Recordings { get; init; }

    /// <summary>Gets the nodes that did not answer: what they hold is missing here.</summary>
    public IReadOnlyList<string> UnreachableNodes { get; init => field = value ?? []; } = [];
}
