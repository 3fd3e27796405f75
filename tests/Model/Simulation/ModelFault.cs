namespace CriAttach.Model.Tests.Simulation;

/// <summary>The code under test did what the model does not allow.</summary>
internal sealed class ModelFault(string message) : Exception(message);
