namespace CriAttach.Wire.Resume;

/// <summary>Server to client: this gateway is going to stop. Resume elsewhere now.</summary>
public sealed record MoveAway : ResumeMessage;
