using System.CommandLine;
using CriAttach.Cli.Output;

namespace CriAttach.Cli.Commands;

/// <summary><c>criattach dashboard</c>.</summary>
internal sealed class DashboardCommand
{
    private readonly Option<bool> _json = Arguments.Json();

    /// <summary>Makes the command.</summary>
    /// <param name="gateway">Which gateway.</param>
    /// <param name="context">The world.</param>
    public Command Create(GatewayOptions gateway, CommandContext context)
    {
        var command = new Command("dashboard", "Print an address that opens the gateway's web page, logged in; it is good once, for ten minutes") { _json };
        command.SetAction((parsed, cancellationToken) => RunAsync(gateway, context, parsed, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(GatewayOptions gateway, CommandContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = gateway.Connect(parsed, context);
        var ticket = await client.CreateTicketAsync(cancellationToken);
        if (parsed.GetValue(_json))
        {
            Json.Write(context.Output, ticket);
        }
        else
        {
            context.Output.WriteLine(ticket.Url);
        }

        return ExitCode.Success;
    }
}
