using System.CommandLine;
using CriAttach.Cli.Gateways;
using CriAttach.Cli.Streaming;

namespace CriAttach.Cli.Commands;

/// <summary>The command line as a whole.</summary>
internal sealed class CommandLine(CommandContext context)
{
    private readonly RootCommand _root = Root(context);

    /// <summary>Runs a command line.</summary>
    /// <param name="args">Its words.</param>
    /// <returns>The process's exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        try
        {
            return await ParseAndRunAsync(args);
        }
        catch (IOException)
        {
            // Our own output, the only stream whose faults come this far: a pipe or a terminal that nobody holds any more.
            return ExitCode.OutputClosed;
        }
    }

    private static RootCommand Root(CommandContext context)
    {
        var gateway = new GatewayOptions();
        var root = new RootCommand("Run containers on the nodes of a CriAttach cluster and attach to them from anywhere.")
        {
            new RunCommand().Create(gateway, context),
            new AttachCommand().Create(gateway, context),
            new PsCommand().Create(gateway, context),
            new StopCommand().Create(gateway, context),
            new RmCommand().Create(gateway, context),
            new NodesCommand().Create(gateway, context),
            new SessionsCommand().Create(gateway, context),
            new InputCommand().Create(gateway, context),
            new EndCommand().Create(gateway, context),
            new RecordingCommand().Create(gateway, context),
            new PingCommand().Create(gateway, context),
            new DashboardCommand().Create(gateway, context),
        };
        gateway.AddTo(root);
        return root;
    }

    private async Task<int> ParseAndRunAsync(IReadOnlyList<string> args)
    {
        if (args.Count == 0)
        {
            args = ["--help"];
        }

        // Signals are ours: the terminal has to be put back. An @ is just a letter in a container's command.
        var parsed = _root.Parse(CommandTail.Mark(_root, args), new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                context.Error.WriteLine($"criattach: {error.Message}");
            }

            var name = parsed.CommandResult.Command is RootCommand ? "" : $" {parsed.CommandResult.Command.Name}";
            context.Error.WriteLine($"See 'criattach{name} --help'.");
            return ExitCode.Failure;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = context.Output,
                Error = context.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (CommandException fault)
        {
            return Fail(fault.Message, fault.ExitCode);
        }
        catch (Exception fault) when (fault is GatewayException or AttachRefusedException or TimeoutException)
        {
            return Fail(fault.Message, ExitCode.Failure);
        }
    }

    private int Fail(string message, int exitCode)
    {
        context.Error.WriteLine($"criattach: {message}");
        return exitCode;
    }
}
