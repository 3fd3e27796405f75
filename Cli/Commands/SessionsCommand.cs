using System.CommandLine;
using CriAttach.Cli.Output;

namespace CriAttach.Cli.Commands;

/// <summary><c>criattach sessions</c>.</summary>
internal sealed class SessionsCommand
{
    private readonly Option<bool> _json = Arguments.Json();

    /// <summary>Makes the command.</summary>
    /// <param name="gateway">Which gateway.</param>
    /// <param name="context">The world.</param>
    public Command Create(GatewayOptions gateway, CommandContext context)
    {
        var command = new Command("sessions", "List who is attached to what") { _json };
        command.SetAction((parsed, cancellationToken) => RunAsync(gateway, context, parsed, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(GatewayOptions gateway, CommandContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = gateway.Connect(parsed, context);
        var list = await client.ListSessionsAsync(cancellationToken);
        if (parsed.GetValue(_json))
        {
            Json.Write(context.Output, list);
        }
        else
        {
            context.Listings.Sessions(list.Sessions.OrderBy(session => session.IssuedAt)).Write(context.Output);
        }

        context.WarnOfUnreachable(list.UnreachableNodes, "the sessions");
        return ExitCode.Success;
    }
}
