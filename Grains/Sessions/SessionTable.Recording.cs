using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Sessions;
using CriAttach.Interfaces.Stdio;

namespace CriAttach.Grains.Sessions;

/// <content>Sessions that may only be served while they are recorded.</content>
internal sealed partial class SessionTable
{
    /// <summary>Waits, where the policy says so, until what a session that was claimed will see is being recorded. Where that cannot be, the session is over.</summary>
    /// <exception cref="RecordingFailedException">It cannot be recorded.</exception>
    public async Task<ClaimResult> WhenRecordedAsync(ClaimResult claim)
    {
        if (claim.Outcome == ClaimOutcome.Claimed)
        {
            try
            {
                await _recorder.ReadyAsync(claim.Container.ContainerId);
            }
            catch (RecordingFailedException fault)
            {
                End(claim.SessionId, EndCause.RecordingFailed, fault.Message);
                throw;
            }
        }

        return claim;
    }

    /// <summary>The terminal of a session's container gets a size, where it gets one.</summary>
    private TerminalSize? Resized(SessionEntry entry, TerminalSize? size)
    {
        if (size is { } apply)
        {
            _recorder.Resized(entry.Record.Info.Container.ContainerId, apply);
        }

        return size;
    }

    /// <summary>Ends the sessions that see a container's output, which is not recorded any more. Those that wait for their clients get their refusal when these come.</summary>
    private void EndUnrecorded(string containerId, string reason)
    {
        lock (_lock)
        {
            Log.Unrecorded(_logger, containerId, reason);
            foreach (var (id, entry) in _sessions.ToArray())
            {
                if (entry.Record.Info is { State: SessionState.Claimed or SessionState.Suspended } info && info.Container.ContainerId == containerId)
                {
                    EndLocked(id, entry, EndCause.RecordingFailed, reason);
                }
            }
        }
    }
}
