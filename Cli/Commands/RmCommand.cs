using System.CommandLine;

namespace CriAttach.Cli.Commands;

/// <summary><c>criattach rm</c>.</summary>
internal sealed class RmCommand
{
    private readonly Argument<string[]> _containers = Arguments.Containers();
    private readonly Option<bool> _force = new("--force", "-f") { Description = "Kill PID 1 first where it runs" };

    /// <summary>Makes the command.</summary>
    /// <param name="gateway">Which gateway.</param>
    /// <param name="context">The world.</param>
    public Command Create(GatewayOptions gateway, CommandContext context)
    {
        var command = new Command("rm", "Remove containers, with their logs") { _containers, _force };
        command.SetAction((parsed, cancellationToken) => RunAsync(gateway, context, parsed, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(GatewayOptions gateway, CommandContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = gateway.Connect(parsed, context);
        var force = parsed.GetValue(_force);
        return await EachContainer.DoAsync(
            context, parsed.GetRequiredValue(_containers), reference => client.RemoveAsync(reference, force, cancellationToken));
    }
}
