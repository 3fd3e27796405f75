using CriAttach.Interfaces.Stdio;

namespace CriAttach.Grains.Containers;

/// <summary>
/// Whose window sets the size of a shared terminal: that of the session that attached or typed last. The others' sizes are remembered
/// and applied when they type. Pure state; belongs to its container's session lock.
/// </summary>
internal sealed class TerminalOwnership
{
    private readonly Dictionary<string, TerminalSize> _sizes = [];

    /// <summary>Gets the session whose window sets the size; none until one has attached.</summary>
    public string? Owner { get; private set; }

    /// <summary>Gets the size that was applied last; none until one was.</summary>
    public TerminalSize? Applied { get; private set; }

    /// <summary>A session attached, or typed.</summary>
    /// <returns>The size to apply, where it is known and the owner is new.</returns>
    public TerminalSize? Take(string session)
    {
        if (Owner == session)
        {
            return null;
        }

        Owner = session;
        return _sizes.TryGetValue(session, out var size) ? Applied = size : null;
    }

    /// <summary>A session that may not type has a window of a new size: it counts when it may.</summary>
    /// <param name="session">The session.</param>
    /// <param name="size">The size.</param>
    public void Remember(string session, TerminalSize size)
    {
        if (size.Width > 0 && size.Height > 0)
        {
            _sizes[session] = size;
        }
    }

    /// <summary>A session's window has a new size.</summary>
    /// <returns>The size, when it is to be applied.</returns>
    public TerminalSize? Resize(string session, TerminalSize size)
    {
        if (size.Width == 0 || size.Height == 0)
        {
            return null;
        }

        _sizes[session] = size;
        Owner ??= session;
        return Owner == session ? Applied = size : null;
    }

    /// <summary>A session is over. The size stays as it is until another one types or resizes.</summary>
    /// <returns>True when nobody is left.</returns>
    public bool Leave(string session)
    {
        _sizes.Remove(session);
        if (Owner == session)
        {
            Owner = null;
        }

        return Owner is null && _sizes.Count == 0;
    }
}
