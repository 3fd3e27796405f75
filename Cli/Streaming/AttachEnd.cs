namespace CriAttach.Cli.Streaming;

/// <summary>The end of an attach.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="Message">A sentence for people; empty for a good end.</param>
/// <param name="ExitCode">PID 1's exit code, for <see cref="AttachEndKind.Exited"/>: zero too when the request did not ask for it.</param>
internal sealed record AttachEnd(AttachEndKind Kind, string Message = "", int ExitCode = 0);
