using System.CommandLine;
using CriAttach.Cli.Output;
using CriAttach.Cli.Recordings;

namespace CriAttach.Cli.Commands;

/// <summary><c>criattach recording</c>: what was recorded, a copy of it, and whether anyone has changed it.</summary>
internal sealed class RecordingCommand
{
    private const string NodeHelp = "Only this node";

    private readonly Option<bool> _json = Arguments.Json();
    private readonly Option<string?> _node = new("--node") { Description = NodeHelp, HelpName = "name" };
    private readonly Option<string?> _container = new("--container") { Description = "Only recordings of this container, by any name it has", HelpName = "container" };
    private readonly Argument<string> _id = new("recording") { Description = "The id of a recording, as 'recording list' prints it" };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "The file to write; it must not exist [default: standard output]", HelpName = "path" };
    private readonly Option<string?> _getNode = new("--node") { Description = "The node that has it [default: all are asked]", HelpName = "name" };
    private readonly Argument<string[]> _files = new("file") { Description = "The files of recordings: all parts of each, or what 'recording get' wrote", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _key = new("--key-file") { Description = "The file that holds the key of the hashes, where the node uses one", HelpName = "path" };

    /// <summary>Makes the command.</summary>
    /// <param name="gateway">Which gateway.</param>
    /// <param name="context">The world.</param>
    public Command Create(GatewayOptions gateway, CommandContext context)
    {
        var list = new Command("list", "List the recordings, the newest first") { _node, _container, _json };
        list.SetAction((parsed, cancellationToken) => ListAsync(gateway, context, parsed, cancellationToken));
        var get = new Command("get", "Copy a recording as an asciicast that any asciinema player takes") { _id, _getNode, _output };
        get.SetAction((parsed, cancellationToken) => GetAsync(gateway, context, parsed, cancellationToken));
        var verify = new Command("verify", "Check files of recordings, offline: 0 when all are whole and unchanged, 1 when one was changed, 2 when one has no end") { _files, _key };
        verify.SetAction((parsed, cancellationToken) => VerifyAsync(context, parsed, cancellationToken));
        return new Command("recording", "List, copy and check what was recorded") { list, get, verify };
    }

    private async Task<int> ListAsync(GatewayOptions gateway, CommandContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = gateway.Connect(parsed, context);
        var container = parsed.GetValue(_container) is { Length: > 0 } reference ? (await client.GetContainerAsync(reference, cancellationToken)).Id : null;
        var list = await client.ListRecordingsAsync(parsed.GetValue(_node), container, cancellationToken);
        if (parsed.GetValue(_json))
        {
            Json.Write(context.Output, list);
        }
        else
        {
            context.Listings.Recordings(list.Recordings).Write(context.Output);
        }

        context.WarnOfUnreachable(list.UnreachableNodes, "the recordings");
        return ExitCode.Success;
    }

    private async Task<int> GetAsync(GatewayOptions gateway, CommandContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = gateway.Connect(parsed, context);
        var id = parsed.GetRequiredValue(_id);
        var node = parsed.GetValue(_getNode);
        if (node is null)
        {
            var list = await client.ListRecordingsAsync(node: null, container: null, cancellationToken);
            context.WarnOfUnreachable(list.UnreachableNodes, "the recordings");
            node = list.Recordings.FirstOrDefault(recording => recording.Id == id)?.Node ?? throw new CommandException($"no node has a recording '{id}'");
        }

        if (parsed.GetValue(_output) is not { Length: > 0 } path)
        {
            await client.DownloadAsync(node, id, context.Streams.Output, cancellationToken);
            return ExitCode.Success;
        }

        try
        {
            // What was typed may be in it: nobody else is to read it.
            await using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
            await FillAsync(file, output => client.DownloadAsync(node, id, output, cancellationToken));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(fault is HttpIOException ? $"the gateway broke off: {fault.Message}" : $"cannot write {path}: {fault.Message}");
        }

        return ExitCode.Success;
    }

    /// <summary>Leaves no torn file behind, which would be in the way of another attempt.</summary>
    private static async Task FillAsync(FileStream file, Func<Stream, Task> fill)
    {
        var whole = false;
        try
        {
            await fill(file);
            whole = true;
        }
        finally
        {
            if (!whole)
            {
                File.Delete(file.Name);
            }
        }
    }

    private async Task<int> VerifyAsync(CommandContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var key = parsed.GetValue(_key) is { Length: > 0 } path ? RecordingCheck.ReadKey(path) : null;
            var exitCode = ExitCode.Success;
            foreach (var parts in RecordingCheck.Group(parsed.GetRequiredValue(_files)))
            {
                var result = await RecordingCheck.RunAsync(parts, key, cancellationToken);
                context.Output.WriteLine(result.Line);
                exitCode = exitCode == RecordingCheck.Altered ? exitCode : result.ExitCode == ExitCode.Success ? exitCode : result.ExitCode;
            }

            return exitCode;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(fault.Message);
        }
    }
}
