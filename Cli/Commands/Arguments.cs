using System.CommandLine;

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

    /// <summary>Makes the option for programs.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print JSON, as the admin API has it" };
}
