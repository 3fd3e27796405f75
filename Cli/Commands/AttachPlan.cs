using CriAttach.AdminApi;

namespace CriAttach.Cli.Commands;

/// <summary>How to attach.</summary>
internal sealed record AttachPlan
{
    /// <summary>Gets what to ask the gateway for.</summary>
    public required AttachBody Body { get; init; }

    /// <summary>Gets the detach keys as bytes; empty for none.</summary>
    public byte[] DetachKeys { get; init; } = [];

    /// <summary>Gets the detach keys as they were written.</summary>
    public string DetachKeysText { get; init; } = "";

    /// <summary>Gets the streaming base URL of another gateway; null for the one that answered.</summary>
    public Uri? StreamVia { get; init; }

    /// <summary>Gets a value indicating whether PID 1 is asked to draw its screen again.</summary>
    public bool Redraw { get; init; }
}
