using CriAttach.Cli.Gateways;

namespace CriAttach.Cli.Commands;

/// <summary>Gives a start that failed docker's exit codes, by the words of the OCI runtimes, as docker does.</summary>
internal static class StartFault
{
    private static readonly string[] NotFound = ["executable file not found", "no such file or directory", "No such file or directory"];
    private static readonly string[] NotExecutable = ["permission denied", "Permission denied", "exec format error", "Exec format error"];

    /// <summary>Runs a call that makes or starts a container.</summary>
    /// <typeparam name="T">The call's answer.</typeparam>
    /// <param name="call">The call.</param>
    /// <exception cref="CommandException">The command was not found, or cannot be executed.</exception>
    public static async Task<T> TranslateAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (GatewayException fault) when (Code(fault) != ExitCode.Failure)
        {
            throw new CommandException(fault.Message, Code(fault));
        }
    }

    /// <summary>The exit code of a failed start.</summary>
    /// <param name="fault">What the gateway said.</param>
    public static int Code(GatewayException fault) =>
        fault.Status == 0 ? ExitCode.Failure
        : Says(fault, NotFound) ? ExitCode.NotFound
        : Says(fault, NotExecutable) ? ExitCode.NotExecutable
        : ExitCode.Failure;

    private static bool Says(GatewayException fault, string[] words) =>
        words.Any(word => fault.Message.Contains(word, StringComparison.Ordinal));
}
