using System.CommandLine;

namespace CriAttach.Cli.Commands;

/// <summary><c>criattach end</c>.</summary>
internal sealed class EndCommand
{
    private readonly Argument<string> _session = Arguments.Session();
    private readonly Option<string> _message = new("--message", "-m")
    {
        Description = "A sentence for whoever is attached, one line of at most 256 characters",
        HelpName = "text",
        DefaultValueFactory = _ => "",
    };

    /// <summary>Makes the command.</summary>
    /// <param name="gateway">Which gateway.</param>
    /// <param name="context">The world.</param>
    public Command Create(GatewayOptions gateway, CommandContext context)
    {
        var command = new Command("end", "End a session; PID 1 runs on") { _session, _message };
        command.SetAction((parsed, cancellationToken) => RunAsync(gateway, context, parsed, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(GatewayOptions gateway, CommandContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = gateway.Connect(parsed, context);
        var session = await SessionReference.FindAsync(context, client, parsed.GetRequiredValue(_session), cancellationToken);
        await client.EndSessionAsync(session, parsed.GetRequiredValue(_message), cancellationToken);
        context.Output.WriteLine(session.Id);
        return ExitCode.Success;
    }
}
