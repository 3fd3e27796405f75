using System.Text.Json.Serialization;

namespace CriAttach.Wire.Resume;

/// <summary>What the control channel of a resumable session carries (docs/resume-protocol.md).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ResumeHello), "hello")]
[JsonDerivedType(typeof(OutputPosition), "position")]
[JsonDerivedType(typeof(InputDelivered), "delivered")]
[JsonDerivedType(typeof(InputDoubt), "doubt")]
[JsonDerivedType(typeof(MoveAway), "move")]
[JsonDerivedType(typeof(OutputAck), "ack")]
[JsonDerivedType(typeof(InputRight), "input")]
[JsonDerivedType(typeof(SharedSize), "size")]
[JsonDerivedType(typeof(SessionOver), "end")]
public abstract record ResumeMessage;
