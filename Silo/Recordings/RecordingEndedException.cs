namespace CriAttach.Silo.Recordings;

/// <summary>A recording may not go on: one of its limits is reached.</summary>
/// <param name="message">Which.</param>
internal sealed class RecordingEndedException(string message) : IOException(message);
