using System.CommandLine;

namespace CriAttach.Cli.Commands;

/// <summary><c>criattach input</c>.</summary>
internal sealed class InputCommand
{
    private readonly Argument<string> _session = Arguments.Session();
    private readonly Option<bool> _release = new("--release") { Description = "Let all peers type again" };

    /// <summary>Makes the command.</summary>
    /// <param name="gateway">Which gateway.</param>
    /// <param name="context">The world.</param>
    public Command Create(GatewayOptions gateway, CommandContext context)
    {
        var command = new Command("input", "Give a container's input to one session alone: what the others type is discarded") { _session, _release };
        command.SetAction((parsed, cancellationToken) => RunAsync(gateway, context, parsed, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(GatewayOptions gateway, CommandContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = gateway.Connect(parsed, context);
        var session = await SessionReference.FindAsync(context, client, parsed.GetRequiredValue(_session), cancellationToken);
        await client.HoldInputAsync(session, hold: !parsed.GetValue(_release), cancellationToken);
        context.Output.WriteLine(session.Id);
        return ExitCode.Success;
    }
}
