using CriAttach.Interfaces.Stdio;

namespace CriAttach.Gateway.Streaming.Output;

/// <summary>A chunk in the window, linked to the one behind it. The window's lock guards it.</summary>
/// <param name="chunk">The chunk; none for the mark before the first.</param>
internal sealed class WindowEntry(StdioChunk? chunk)
{
    // A tiny chunk may sit in a block of its own: count what it costs, not what it carries.
    private const int MinCost = 1024;

    /// <summary>Gets the chunk; none for the mark before the first.</summary>
    public StdioChunk? Chunk { get; } = chunk;

    /// <summary>Gets what the entry counts for in the window's size.</summary>
    public int Cost { get; } = Math.Max(chunk?.Data.Length ?? 0, MinCost);

    /// <summary>Gets or sets the entry behind this one.</summary>
    public WindowEntry? Next { get; set; }

    /// <summary>Gets or sets how many cursors have not read the entry yet.</summary>
    public int Readers { get; set; }
}
