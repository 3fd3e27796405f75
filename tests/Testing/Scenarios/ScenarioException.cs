namespace CriAttach.Testing.Scenarios;

/// <summary>What a scenario promises did not hold.</summary>
/// <param name="message">What was seen instead.</param>
public sealed class ScenarioException(string message) : Exception(message);
