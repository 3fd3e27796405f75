using System.CommandLine;
using CriAttach.AdminApi;
using CriAttach.Cli.Output;

namespace CriAttach.Cli.Commands;

/// <summary><c>criattach ps</c>.</summary>
internal sealed class PsCommand
{
    private readonly Option<bool> _all = new("--all", "-a") { Description = "Those too that have exited" };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print ids only" };
    private readonly Option<string?> _node = new("--node") { Description = "Those of one node", HelpName = "name" };
    private readonly Option<bool> _json = Arguments.Json();

    /// <summary>Makes the command.</summary>
    /// <param name="gateway">Which gateway.</param>
    /// <param name="context">The world.</param>
    public Command Create(GatewayOptions gateway, CommandContext context)
    {
        var command = new Command("ps", "List the cluster's containers") { _all, _quiet, _node, _json };
        command.SetAction((parsed, cancellationToken) => RunAsync(gateway, context, parsed, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(GatewayOptions gateway, CommandContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = gateway.Connect(parsed, context);
        var list = await client.ListContainersAsync(parsed.GetValue(_node), cancellationToken);
        var all = parsed.GetValue(_all);
        var shown = list.Containers
            .Where(container => all || container.State != ContainerPhase.Exited)
            .OrderByDescending(container => container.CreatedAt)
            .ToList();
        if (parsed.GetValue(_json))
        {
            Json.Write(context.Output, list with { Containers = shown });
        }
        else if (parsed.GetValue(_quiet))
        {
            shown.ForEach(container => context.Output.WriteLine(container.Id));
        }
        else
        {
            context.Listings.Containers(shown).Write(context.Output);
        }

        context.WarnOfUnreachable(list.UnreachableNodes, "the containers");
        return ExitCode.Success;
    }
}
