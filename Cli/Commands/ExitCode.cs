namespace CriAttach.Cli.Commands;

/// <summary>The exit codes that are not PID 1's, as docker has them.</summary>
internal static class ExitCode
{
    /// <summary>All is well.</summary>
    public const int Success = 0;

    /// <summary>criattach itself failed: a wrong option, no gateway, a refusal.</summary>
    public const int Failure = 125;

    /// <summary>Nobody takes our output any more, as when SIGPIPE ends a program.</summary>
    public const int OutputClosed = 128 + 13;

    /// <summary>PID 1's command cannot be executed.</summary>
    public const int NotExecutable = 126;

    /// <summary>PID 1's command was not found.</summary>
    public const int NotFound = 127;
}
