using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Recordings;

namespace CriAttach.Grains.Ports;

/// <summary>The node's recordings.</summary>
public interface IRecordings
{
    /// <summary>Whether a container is being recorded now.</summary>
    /// <param name="containerId">The container.</param>
    bool IsRecording(string containerId);

    /// <summary>The recordings, the newest first.</summary>
    /// <param name="containerId">The container that they are of; empty for all.</param>
    IReadOnlyList<RecordingInfo> List(string containerId);

    /// <summary>Reads a page of a recording, its parts joined. What it needs of the disk is read beside the caller's turn.</summary>
    /// <param name="id">The recording.</param>
    /// <param name="offset">Where to begin.</param>
    /// <exception cref="RecordingNotFoundException">There is no such recording, or not any more.</exception>
    Task<RecordingPage> ReadAsync(string id, long offset);
}
