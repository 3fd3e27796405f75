using CriAttach.Cli.Gateways;

namespace CriAttach.Cli.Commands;

/// <summary>Does one thing to several containers; one that fails does not keep the others from it.</summary>
internal static class EachContainer
{
    /// <summary>Does it.</summary>
    /// <param name="context">The world.</param>
    /// <param name="references">What names the containers.</param>
    /// <param name="act">The thing to do.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> DoAsync(CommandContext context, IEnumerable<string> references, Func<string, Task> act)
    {
        var exitCode = ExitCode.Success;
        foreach (var reference in references)
        {
            try
            {
                await act(reference);
                context.Output.WriteLine(reference);
            }
            catch (GatewayException fault)
            {
                context.Error.WriteLine($"criattach: {reference}: {fault.Message}");
                exitCode = ExitCode.Failure;
            }
        }

        return exitCode;
    }
}
