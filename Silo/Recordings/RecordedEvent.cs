using CriAttach.Streams.Log;
using CriAttach.Wire.Asciicast;

namespace CriAttach.Silo.Recordings;

/// <summary>Something that happened while output was recorded.</summary>
/// <param name="At">When.</param>
/// <param name="Output">The output as it was then.</param>
/// <param name="Offset">How far that had come: what was written before stands before the event.</param>
/// <param name="Code">What it is about.</param>
/// <param name="Text">What happened; none for input.</param>
/// <param name="Input">What was typed.</param>
internal sealed record RecordedEvent(TimeSpan At, StdioLog Output, long Offset, AsciicastCode Code, string Text, byte[] Input);
