namespace CriAttach.Streams.Input;

/// <summary>The way to PID 1's standard input broke: what was being written may have reached it or not. More can be written.</summary>
/// <param name="message">What broke.</param>
/// <param name="inner">The fault.</param>
public sealed class StdinInterruptedException(string message, Exception inner) : IOException(message, inner);
