namespace CriAttach.Cli.Commands;

/// <summary>The command cannot go on.</summary>
/// <param name="message">What was wrong, and what to do.</param>
/// <param name="exitCode">The process's exit code.</param>
internal sealed class CommandException(string message, int exitCode = ExitCode.Failure) : Exception(message)
{
    /// <summary>Gets the process's exit code.</summary>
    public int ExitCode { get; } = exitCode;
}
