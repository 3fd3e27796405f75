using System.CommandLine;
using System.CommandLine.Parsing;
using CriAttach.AdminApi;

namespace CriAttach.Cli.Commands;

/// <summary><c>criattach stop</c>.</summary>
internal sealed class StopCommand
{
    private readonly Argument<string[]> _containers = Arguments.Containers();
    private readonly Option<int> _time = new("--time", "-t")
    {
        Description = "How many seconds PID 1 may take before it is killed",
        HelpName = "seconds",
        DefaultValueFactory = _ => StopBody.DefaultTimeoutSeconds,
    };

    /// <summary>Initializes the command.</summary>
    public StopCommand() => _time.Validators.Add(Validate);

    /// <summary>Makes the command.</summary>
    /// <param name="gateway">Which gateway.</param>
    /// <param name="context">The world.</param>
    public Command Create(GatewayOptions gateway, CommandContext context)
    {
        var command = new Command("stop", "Ask PID 1 to end, and kill it if it does not") { _containers, _time };
        command.SetAction((parsed, cancellationToken) => RunAsync(gateway, context, parsed, cancellationToken));
        return command;
    }

    private static void Validate(OptionResult result)
    {
        if (result.Errors.Any() || result.GetValueOrDefault<int>() >= 0)
        {
            return;
        }

        result.AddError("--time is a number of seconds, 0 or more; 0 kills at once");
    }

    private async Task<int> RunAsync(GatewayOptions gateway, CommandContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = gateway.Connect(parsed, context);
        var body = new StopBody { TimeoutSeconds = parsed.GetValue(_time) };
        return await EachContainer.DoAsync(
            context, parsed.GetRequiredValue(_containers), reference => client.StopAsync(reference, body, cancellationToken));
    }
}
