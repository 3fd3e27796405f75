using System.CommandLine;
using System.CommandLine.Parsing;
using CriAttach.Cli.Gateways;

namespace CriAttach.Cli.Commands;

/// <summary>The options of every command: which gateway, and as whom.</summary>
internal sealed class GatewayOptions
{
    private readonly Option<string?> _gateway = new("--gateway")
    {
        Description = $"The gateway: unix:///path of its admin socket, or http(s)://host:port [default: ${GatewayAddress.Variable}, else {GatewayAddress.Default}]",
        HelpName = "address",
        Recursive = true,
    };

    private readonly Option<string?> _tokenFile = new("--token-file")
    {
        Description = "The file that holds the token of a gateway over http(s)",
        HelpName = "path",
        Recursive = true,
    };

    /// <summary>Initializes the options.</summary>
    public GatewayOptions() => _gateway.Validators.Add(Validate);

    /// <summary>Adds them to a command and all below it.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        command.Options.Add(_gateway);
        command.Options.Add(_tokenFile);
    }

    /// <summary>Makes a client of the gateway that was named.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="context">The world.</param>
    /// <exception cref="CommandException">The address or the token file is no good.</exception>
    public AdminClient Connect(ParseResult parsed, CommandContext context)
    {
        var text = parsed.GetValue(_gateway) is { Length: > 0 } named
            ? named
            : context.Environment(GatewayAddress.Variable) is { Length: > 0 } variable ? variable : GatewayAddress.Default;
        var address = GatewayAddress.TryParse(text) ?? throw new CommandException(Complaint(text));
        var token = parsed.GetValue(_tokenFile) is { Length: > 0 } path ? ReadToken(path) : null;
        return new AdminClient(address, token, context.Clock);
    }

    private static void Validate(OptionResult result)
    {
        if (result.GetValueOrDefault<string?>() is { Length: > 0 } text && GatewayAddress.TryParse(text) is null)
        {
            result.AddError(Complaint(text));
        }
    }

    private static string Complaint(string text) =>
        $"'{text}' is no gateway address: use unix:///absolute/path of its admin socket, or http://host:port, or https://host:port";

    private static string ReadToken(string path)
    {
        try
        {
            var token = File.ReadAllText(path).Trim();
            return token.Length > 0 ? token : throw new CommandException($"the token file {path} is empty");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"cannot read the token file {path}: {fault.Message}");
        }
    }
}
