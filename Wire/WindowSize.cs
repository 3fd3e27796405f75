namespace CriAttach.Wire;

/// <summary>The size of a terminal, in character cells.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public readonly record struct WindowSize(ushort Width, ushort Height);
