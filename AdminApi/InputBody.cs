namespace CriAttach.AdminApi;

/// <summary>Who may type in a container.</summary>
public sealed record InputBody
{
    /// <summary>Gets a value indicating whether this session alone may; else all peers may again.</summary>
    public required bool Hold { get; init; }
}
