using System.CommandLine;
using System.CommandLine.Parsing;
using CriAttach.AdminApi;
using CriAttach.Cli.Gateways;
using CriAttach.Cli.Output;
using CriAttach.Cli.Streaming;

namespace CriAttach.Cli.Commands;

/// <summary><c>criattach run</c>.</summary>
internal sealed class RunCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "run";

    private const int Conflict = 409;

    private readonly Argument<string[]> _command = new("command")
    {
        Description = "PID 1's command line; without one the bundle's own. Options after it are the command's",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _rootfs = new("--rootfs") { Description = "The root file system, a directory on the node", HelpName = "path" };
    private readonly Option<string?> _bundle = new("--bundle") { Description = "An OCI bundle, a directory on the node", HelpName = "path" };
    private readonly Option<bool> _interactive = new("--interactive", "-i") { Description = "Give PID 1 a standard input" };
    private readonly Option<bool> _tty = new("--tty", "-t") { Description = "Give PID 1 a terminal" };
    private readonly Option<bool> _detach = new("--detach", "-d") { Description = "Print the container's id and leave it running" };
    private readonly Option<bool> _remove = new("--rm") { Description = "Remove the container once PID 1 has ended; not with -d" };
    private readonly Option<string?> _node = new("--node") { Description = "The node to run it on; the gateway chooses unless named", HelpName = "name" };
    private readonly Option<string?> _name = new("--name") { Description = "A name, unique on its node", HelpName = "name" };
    private readonly Option<string?> _runtime = new("--runtime") { Description = "The runtime, conmon or process; the node's default unless named", HelpName = "name" };
    private readonly Option<string[]> _env = new("--env", "-e") { Description = "An environment variable, NAME=value; may be repeated", HelpName = "variable" };
    private readonly Option<string?> _workdir = new("--workdir", "-w") { Description = "PID 1's working directory", HelpName = "path" };
    private readonly Option<bool> _stdinOnce = new("--stdin-once") { Description = "Close PID 1's standard input when the first attached client ends its own" };
    private readonly Option<string[]> _labels = new("--label", "-l") { Description = "A label, name=value; may be repeated", HelpName = "label" };
    private readonly Option<string?> _namespace = new("--namespace") { Description = "The namespace of the pod that it counts as", HelpName = "name" };
    private readonly Option<string?> _pod = new("--pod") { Description = "The name of the pod that it counts as", HelpName = "name" };
    private readonly Option<bool> _json = new("--json") { Description = "With -d: print the container as JSON" };
    private readonly AttachOptions _options = new();

    /// <summary>Makes the command.</summary>
    /// <param name="gateway">Which gateway.</param>
    /// <param name="context">The world.</param>
    public Command Create(GatewayOptions gateway, CommandContext context)
    {
        var command = new Command(Name, "Make a container, start it and attach to it; exits with PID 1's exit code")
        {
            _rootfs, _bundle, _interactive, _tty, _detach, _remove, _node, _name, _runtime, _env, _workdir,
            _stdinOnce, _labels, _namespace, _pod, _json, _command,
        };
        _options.AddTo(command);
        command.Validators.Add(Validate);
        command.SetAction((parsed, cancellationToken) => RunAsync(gateway, context, parsed, cancellationToken));
        return command;
    }

    private static IEnumerable<KeyValuePair<string, string>> Pairs(IEnumerable<string>? texts) =>
        from text in texts ?? []
        let split = text.IndexOf('=', StringComparison.Ordinal)
        select KeyValuePair.Create(text[..split], text[(split + 1)..]);

    private static async Task<IAttachSession> OpenAsync(
        Attachment attachment, AdminClient client, ContainerView container, AttachPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            return await attachment.OpenAsync(container.Id, plan, cancellationToken);
        }
        catch (GatewayException refusal) when (refusal.Status == Conflict && container.State == ContainerPhase.Created)
        {
            // A runtime that cannot attach before the start; replay then makes up for the first moment.
            await client.StartAsync(container.Id, cancellationToken);
            return await attachment.OpenAsync(container.Id, plan, cancellationToken);
        }
    }

    private void Validate(CommandResult result)
    {
        if (result.GetValue(_rootfs) is not null && result.GetValue(_bundle) is not null)
        {
            result.AddError("--rootfs and --bundle exclude each other: a bundle brings its own root file system");
        }

        if (result.GetValue(_rootfs) is not null && result.GetValue(_command) is not { Length: > 0 })
        {
            result.AddError("--rootfs needs a command to run in it, for example: criattach run -it --rootfs /path sh");
        }

        if (result.GetValue(_detach) && result.GetValue(_remove))
        {
            result.AddError("--rm removes the container when this command sees it end; with -d it does not wait for that. Use 'criattach rm' later");
        }

        foreach (var (option, values) in new[] { ("--rootfs", result.GetValue(_rootfs)), ("--bundle", result.GetValue(_bundle)) })
        {
            if (values is not null && !values.StartsWith('/'))
            {
                result.AddError($"{option} '{values}' is not absolute: it is a path on the node, not here");
            }
        }

        foreach (var text in (result.GetValue(_env) ?? []).Concat(result.GetValue(_labels) ?? []))
        {
            if (text.IndexOf('=', StringComparison.Ordinal) <= 0)
            {
                result.AddError($"'{text}' is not of the form name=value");
            }
        }
    }

    private async Task<int> RunAsync(GatewayOptions gateway, CommandContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = gateway.Connect(parsed, context);
        var detached = parsed.GetValue(_detach);
        var container = await StartFault.TranslateAsync(() => client.CreateAsync(Body(parsed), cancellationToken));
        if (detached)
        {
            if (parsed.GetValue(_json))
            {
                Json.Write(context.Output, container);
            }
            else
            {
                context.Output.WriteLine(container.Id);
            }

            return ExitCode.Success;
        }

        var (end, exitCode) = await AttachAsync(context, client, container, parsed, cancellationToken);
        if (parsed.GetValue(_remove) && end.Kind == AttachEndKind.Exited)
        {
            await client.RemoveAsync(container.Id, force: false, cancellationToken);
        }

        return exitCode;
    }

    private async Task<(AttachEnd End, int ExitCode)> AttachAsync(
        CommandContext context, AdminClient client, ContainerView container, ParseResult parsed, CancellationToken cancellationToken)
    {
        var body = new AttachBody
        {
            Stdin = parsed.GetValue(_interactive),
            Stdout = true,
            Stderr = !parsed.GetValue(_tty),
            Tty = parsed.GetValue(_tty),
            Replay = ReplayMode.All,
            ExitStatus = true,
        };
        var plan = _options.Plan(parsed, body);
        var attachment = new Attachment(context, client);
        try
        {
            await using var session = await StartFault.TranslateAsync(() => OpenAsync(attachment, client, container, plan, cancellationToken));
            var (end, exitCode) = await attachment.RunAsync(session, plan, () => StartAsync(client, container.Id, cancellationToken));
            attachment.Tell(end, container.Name);
            return (end, exitCode);
        }
        catch
        {
            await DiscardAsync(context, client, container.Id);
            throw;
        }
    }

    // Started already where OpenAsync had to, or where the gateway does not know how to wait.
    private static async Task StartAsync(AdminClient client, string id, CancellationToken cancellationToken)
    {
        var container = await client.GetContainerAsync(id, cancellationToken);
        if (container.State == ContainerPhase.Created)
        {
            await StartFault.TranslateAsync(() => client.StartAsync(id, cancellationToken));
        }
    }

    // A container that never ran holds nothing worth keeping, but would hold its name.
    private static async Task DiscardAsync(CommandContext context, AdminClient client, string id)
    {
        try
        {
            var container = await client.GetContainerAsync(id, CancellationToken.None);
            if (container.State == ContainerPhase.Created || container.StartedAt is null)
            {
                await client.RemoveAsync(id, force: true, CancellationToken.None);
            }
        }
        catch (GatewayException fault)
        {
            context.Error.WriteLine($"warning: the container {id} is left behind: {fault.Message}");
        }
    }

    private CreateContainerBody Body(ParseResult parsed) => new()
    {
        Node = parsed.GetValue(_node),
        Runtime = parsed.GetValue(_runtime),
        Name = parsed.GetValue(_name),
        Rootfs = parsed.GetValue(_rootfs),
        Bundle = parsed.GetValue(_bundle),
        Args = parsed.GetValue(_command) ?? [],
        Env = parsed.GetValue(_env) ?? [],
        WorkingDirectory = parsed.GetValue(_workdir),
        Tty = parsed.GetValue(_tty),
        Stdin = parsed.GetValue(_interactive),
        StdinOnce = parsed.GetValue(_stdinOnce),
        StartLater = !parsed.GetValue(_detach),
        Namespace = parsed.GetValue(_namespace),
        Pod = parsed.GetValue(_pod),
        Labels = Pairs(parsed.GetValue(_labels)).DistinctBy(pair => pair.Key).ToDictionary(),
    };
}
