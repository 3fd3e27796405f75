namespace CriAttach.Wire.Asciicast;

/// <summary>An event of an asciicast.</summary>
/// <param name="Seconds">The time since the event before it, or since the beginning.</param>
/// <param name="Code">What it is about: an <see cref="AsciicastCode"/>, or a letter that this reader does not know.</param>
/// <param name="Data">What happened.</param>
public readonly record struct AsciicastEvent(double Seconds, AsciicastCode Code, string Data);
