using CriAttach.Interfaces.Sessions;
using CriAttach.Interfaces.Stdio;

namespace CriAttach.Silo.Recordings;

/// <summary>What the recorder knows of a container. Belongs to the recorder's lock.</summary>
internal sealed class RecordedContainer
{
    /// <summary>Gets the sessions that are attached, whether or not the recording could go on.</summary>
    public Dictionary<string, SessionInfo> Sessions { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets or sets the newest recording; none before the first.</summary>
    public ContainerRecording? Recording { get; set; }

    /// <summary>Gets or sets the terminal's size, where somebody has set it.</summary>
    public TerminalSize? Size { get; set; }
}
