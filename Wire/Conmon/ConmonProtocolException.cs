namespace CriAttach.Wire.Conmon;

/// <summary>Bytes from or for conmon that its protocol does not know.</summary>
/// <param name="message">What was wrong.</param>
public sealed class ConmonProtocolException(string message) : Exception(message);
