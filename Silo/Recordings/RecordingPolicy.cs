namespace CriAttach.Silo.Recordings;

/// <summary>What is to be done about a container's sessions.</summary>
/// <param name="Enabled">Whether they are recorded.</param>
/// <param name="Input">Whether what is typed is recorded too.</param>
/// <param name="FailClosed">Whether there are none without a recording.</param>
internal readonly record struct RecordingPolicy(bool Enabled, bool Input, bool FailClosed);
