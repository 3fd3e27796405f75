namespace CriAttach.Interfaces.Stdio;

/// <summary>The size of a terminal in character cells.</summary>
[GenerateSerializer, Immutable, Alias("criattach.TerminalSize")]
public readonly record struct TerminalSize
{
    /// <summary>Gets the number of columns.</summary>
    [Id(0)]
    public required ushort Width { get; init; }

    /// <summary>Gets the number of rows.</summary>
    [Id(1)]
    public required ushort Height { get; init; }
}
