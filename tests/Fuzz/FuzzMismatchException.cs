namespace CriAttach.Fuzz;

/// <summary>A codec and its oracle disagree.</summary>
/// <param name="message">How.</param>
public sealed class FuzzMismatchException(string message) : Exception(message);
