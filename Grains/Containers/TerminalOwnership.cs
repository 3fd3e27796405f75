using CriAttach.Interfaces.Stdio;

namespace CriAttach.Grains.Containers;

/// <summary>
/// Whose window sets the size of a shared terminal: that of the session that attached or typed last. The others' sizes are remembered
/// and applied when they type. Pure state; belongs to its container's session lock.
/// </summary>
internal sealed class TerminalOwnership
{
    private readonly Dictionary<string, TerminalSize> _sizes = [];
    private string? _owner;

    /// <summary>A session attached, or typed.</summary>
    /// <returns>The size to apply, where it is known and the owner is new.</returns>
    public TerminalSize? Take(string session)
    {
        if (_owner == session)
        {
            return null;
        }

        _owner = session;
        return _sizes.TryGetValue(session, out var size) ? size : null;
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
        _owner ??= session;
        return _owner == session ? size : null;
    }

    /// <summary>A session is over. The size stays as it is until another one types or resizes.</summary>
    /// <returns>True when nobody is left.</returns>
    public bool Leave(string session)
    {
        _sizes.Remove(session);
        if (_owner == session)
        {
            _owner = null;
        }

        return _owner is null && _sizes.Count == 0;
    }
}
