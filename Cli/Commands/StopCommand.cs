using System.CommandLine;
using CriAttach.AdminApi;

namespace CriAttach.Cli.Commands;

/// <summary><c>criattach stop</c>.</summary>
internal sealed class StopCommand
{
    private readonly Argument<string[]> _containers = Arguments.Containers();
    private readonly Option<int> _time = Arguments.Number(
        "--time", "-t", minimum: 0, StopBody.DefaultTimeoutSeconds, "seconds", "How long PID 1 may take before it is killed; 0 kills at once");

    /// <summary>Makes the command.</summary>
    /// <param name="gateway">Which gateway.</param>
    /// <param name="context">The world.</param>
    public Command Create(GatewayOptions gateway, CommandContext context)
    {
        var command = new Command("stop", "Ask PID 1 to end, and kill it if it does not") { _containers, _time };
        command.SetAction((parsed, cancellationToken) => RunAsync(gateway, context, parsed, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(GatewayOptions gateway, CommandContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = gateway.Connect(parsed, context);
        var body = new StopBody { TimeoutSeconds = parsed.GetValue(_time) };
        return await EachContainer.DoAsync(
            context, parsed.GetRequiredValue(_containers), reference => client.StopAsync(reference, body, cancellationToken));
    }
}
