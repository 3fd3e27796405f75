using System.CommandLine;
using CriAttach.AdminApi;

namespace CriAttach.Cli.Commands;

/// <summary><c>criattach attach</c>.</summary>
internal sealed class AttachCommand
{
    private readonly Argument<string> _container = Arguments.Container();
    private readonly Option<bool> _noStdin = new("--no-stdin") { Description = "Watch only: send no input and no terminal size" };
    private readonly Option<bool> _observe = new("--observe")
    {
        Description = "Watch, and type only when the input is handed over with 'criattach input' or in the dashboard",
    };

    private readonly Option<string> _replay = AttachOptions.Replay();
    private readonly Option<bool> _neverBlock = AttachOptions.NeverBlock();
    private readonly AttachOptions _options = new();

    /// <summary>Makes the command.</summary>
    /// <param name="gateway">Which gateway.</param>
    /// <param name="context">The world.</param>
    public Command Create(GatewayOptions gateway, CommandContext context)
    {
        var command = new Command("attach", "Attach this terminal, or these pipes, to PID 1 of a container; exits with PID 1's exit code")
        {
            _container, _noStdin, _observe, _replay, _neverBlock,
        };
        _options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(gateway, context, parsed, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(GatewayOptions gateway, CommandContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = gateway.Connect(parsed, context);
        var container = await client.GetContainerAsync(parsed.GetRequiredValue(_container), cancellationToken);
        var watch = parsed.GetValue(_noStdin);
        if (!container.Stdin && !watch)
        {
            context.Error.WriteLine($"note: {container.Name} was started without -i: there is output to see, but it takes no input");
        }

        var replay = ReplayArgument.TryParse(parsed.GetRequiredValue(_replay)) ?? default;
        var body = new AttachBody
        {
            Stdin = container.Stdin && !watch,
            Stdout = true,
            Stderr = !container.Tty,
            Tty = container.Tty,
            Replay = replay.Mode,
            ReplayBytes = replay.Bytes,
            ExitStatus = true,
            Role = parsed.GetValue(_observe) ? SessionRole.Observer : SessionRole.Peer,
            Delivery = parsed.GetValue(_neverBlock) ? DeliveryMode.NeverBlock : DeliveryMode.Unset,
        };
        var plan = _options.Plan(parsed, body) with { Redraw = true };
        var attachment = new Attachment(context, client);
        await using var session = await attachment.OpenAsync(container.Id, plan, cancellationToken);
        var (end, exitCode) = await attachment.RunAsync(session, plan);
        attachment.Tell(end, container.Name);
        return exitCode;
    }
}
