namespace CriAttach.Model.Tests.Simulation;

/// <summary>A message under way: a call's request, or its answer.</summary>
internal readonly record struct Packet(Call Call, bool IsAnswer);
