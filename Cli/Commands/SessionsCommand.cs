using System.CommandLine;
using CriAttach.Cli.Output;

namespace CriAttach.Cli.Commands;

/// <summary><c>criattach sessions</c>.</summary>
internal sealed class SessionsCommand
{
    private readonly Option<bool> _ended = new("--ended") { Description = "List those that ended last, and why" };
    private readonly Option<bool> _json = Arguments.Json();

    /// <summary>Makes the command.</summary>
    /// <param name="gateway">Which gateway.</param>
    /// <param name="context">The world.</param>
    public Command Create(GatewayOptions gateway, CommandContext context)
    {
        var command = new Command("sessions", "List who is attached to what") { _ended, _json };
        command.SetAction((parsed, cancellationToken) => RunAsync(gateway, context, parsed, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(GatewayOptions gateway, CommandContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = gateway.Connect(parsed, context);
        var list = await client.ListSessionsAsync(parsed.GetValue(_ended), cancellationToken);
        if (parsed.GetValue(_json))
        {
            Json.Write(context.Output, list);
        }
        else
        {
            var table = parsed.GetValue(_ended)
                ? context.Listings.EndedSessions(list.Sessions.OrderByDescending(session => session.EndedAt))
                : context.Listings.Sessions(list.Sessions.OrderBy(session => session.IssuedAt));
            table.Write(context.Output);
        }

        context.WarnOfUnreachable(list.UnreachableNodes, "the sessions");
        return ExitCode.Success;
    }
}
