using System.CommandLine;
using System.Globalization;

namespace CriAttach.Cli.Commands;

/// <summary>Arguments and options that several commands have.</summary>
internal static class Arguments
{
    private const string ContainerHelp = "The id of a container, a unique beginning of it, its name, or namespace/pod/container";

    /// <summary>Makes the argument that names one container.</summary>
    public static Argument<string> Container() => new("container") { Description = ContainerHelp };

    /// <summary>Makes the argument that names containers.</summary>
    public static Argument<string[]> Containers() =>
        new("container") { Description = ContainerHelp, Arity = ArgumentArity.OneOrMore };

    /// <summary>Makes the argument that names one session.</summary>
    public static Argument<string> Session() =>
        new("session") { Description = "The id of a session, or a unique beginning of it, as 'criattach sessions' lists it" };

    /// <summary>Makes an option that takes a whole number.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="alias">Its short name; empty for none.</param>
    /// <param name="minimum">The least that it takes.</param>
    /// <param name="value">What it is unless said otherwise.</param>
    /// <param name="unit">What it counts.</param>
    /// <param name="help">What it does.</param>
    public static Option<int> Number(string name, string alias, int minimum, int value, string unit, string help) =>
        new(name, alias.Length > 0 ? [alias] : [])
        {
            Description = help,
            HelpName = unit,
            DefaultValueFactory = _ => value,
            CustomParser = result =>
            {
                var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
                if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum)
                {
                    return number;
                }

                result.AddError($"{name} '{text}' is no whole number of {unit} from {minimum} on");
                return value;
            },
        };

    /// <summary>Makes the option for programs.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print JSON, as the admin API has it" };
}
