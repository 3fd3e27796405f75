using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Recordings;
using CriAttach.Interfaces.Sessions;
using CriAttach.Interfaces.Stdio;

namespace CriAttach.Grains.Recordings;

/// <summary>A node that records nothing.</summary>
internal sealed class NoRecordings : ISessionRecorder, IRecordings
{
    /// <inheritdoc/>
    public void OnFailure(Action<string, string> end)
    {
    }

    /// <inheritdoc/>
    public Task CheckAsync(IRuntimeContainer container) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Attached(IRuntimeContainer container, SessionInfo session, long? offset)
    {
    }

    /// <inheritdoc/>
    public Task ReadyAsync(string containerId) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Left(SessionInfo session)
    {
    }

    /// <inheritdoc/>
    public void Resized(string containerId, TerminalSize size)
    {
    }

    /// <inheritdoc/>
    public bool IsRecording(string containerId) => false;

    /// <inheritdoc/>
    public IReadOnlyList<RecordingInfo> List(string containerId) => [];

    /// <inheritdoc/>
    public Task<RecordingPage> ReadAsync(string id, long offset) => throw new RecordingNotFoundException($"there is no recording {id}");
}
