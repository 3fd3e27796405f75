namespace CriAttach.Wire.Conmon;

/// <summary>A line for conmon's <c>ctl</c> FIFO.</summary>
/// <param name="Kind">What conmon is to do.</param>
/// <param name="Size">The terminal's size, for <see cref="ConmonCtlKind.Resize"/>.</param>
public readonly record struct ConmonCtlMessage(ConmonCtlKind Kind, WindowSize Size);
