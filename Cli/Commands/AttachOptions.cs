using System.CommandLine;
using CriAttach.AdminApi;

namespace CriAttach.Cli.Commands;

/// <summary>The options of the commands that attach.</summary>
internal sealed class AttachOptions
{
    private readonly Option<string> _detachKeys = new("--detach-keys")
    {
        Description = "The keys that leave the container to itself, as docker writes them; \"\" for none",
        HelpName = "keys",
        DefaultValueFactory = _ => Terminal.DetachKeys.Default,
    };

    private readonly Option<string?> _streamVia = StreamVia();

    /// <summary>Initializes the options.</summary>
    public AttachOptions() => _detachKeys.Validators.Add(result =>
    {
        if (!Terminal.DetachKeys.TryParse(result.GetValueOrDefault<string>() ?? "", out _, out var error))
        {
            result.AddError(error);
        }
    });

    /// <summary>Makes the option that streams through another gateway than the one that was asked.</summary>
    public static Option<string?> StreamVia()
    {
        var option = new Option<string?>("--stream-via")
        {
            Description = "Stream through this gateway's streaming base URL instead of the address in the URL that Attach answers; any gateway serves any URL",
            HelpName = "url",
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && ParseVia(text) is null)
            {
                result.AddError($"'{text}' is no streaming base URL: use http://host:port or https://host:port");
            }
        });
        return option;
    }

    /// <summary>Makes the option that chooses what happens when this side is slow.</summary>
    public static Option<bool> NeverBlock() => new("--never-block")
    {
        Description = "Never slow PID 1 down, however slowly output is taken here; what is gone from the container's log by then is reported as lost",
    };

    /// <summary>Makes the option that chooses earlier output.</summary>
    public static Option<string> Replay()
    {
        var option = new Option<string>("--replay")
        {
            Description = "Earlier output to begin with: unseen (what nobody has seen yet), none, all, or tail:N bytes (64k, 1m)",
            HelpName = "what",
            DefaultValueFactory = _ => "unseen",
        };
        option.Validators.Add(result =>
        {
            if (ReplayArgument.TryParse(result.GetValueOrDefault<string>() ?? "") is null)
            {
                result.AddError($"'{result.GetValueOrDefault<string>()}' is no replay: use unseen, none, all, or tail:N with a number of bytes such as tail:64k");
            }
        });
        return option;
    }

    /// <summary>The URL of <see cref="StreamVia"/>; null when it is none.</summary>
    /// <param name="text">The text.</param>
    public static Uri? ParseVia(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        command.Options.Add(_detachKeys);
        command.Options.Add(_streamVia);
    }

    /// <summary>What the options say, for an attach to a container.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="body">What to ask the gateway for.</param>
    public AttachPlan Plan(ParseResult parsed, AttachBody body)
    {
        _ = Terminal.DetachKeys.TryParse(parsed.GetValue(_detachKeys) ?? "", out var keys, out _);
        return new()
        {
            // Those who share the container see who came.
            Body = body with { Client = $"criattach {Environment.UserName}@{Environment.MachineName}" },
            DetachKeys = keys,
            DetachKeysText = parsed.GetValue(_detachKeys) ?? "",
            StreamVia = ParseVia(parsed.GetValue(_streamVia)),
        };
    }
}
