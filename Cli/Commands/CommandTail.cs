using System.CommandLine;

namespace CriAttach.Cli.Commands;

/// <summary>
/// Marks where a container's own command begins, with <c>--</c>: what stands behind the first word that is no option
/// belongs to the container, as with docker. <c>criattach run -i cat -n</c> gives <c>-n</c> to cat.
/// </summary>
internal static class CommandTail
{
    private const string Separator = "--";

    /// <summary>Marks it.</summary>
    /// <param name="root">The root command.</param>
    /// <param name="args">The words.</param>
    public static IReadOnlyList<string> Mark(RootCommand root, IReadOnlyList<string> args)
    {
        var commandAt = Skip(args, 0, [.. root.Options]);
        if (commandAt >= args.Count || args[commandAt] != RunCommand.Name)
        {
            return args;
        }

        var run = root.Subcommands.Single(command => command.Name == RunCommand.Name);
        var tail = Skip(args, commandAt + 1, [.. root.Options, .. run.Options]);
        return tail >= args.Count || args[tail] == Separator ? args : [.. args.Take(tail), Separator, .. args.Skip(tail)];
    }

    // The place of the first word that is neither an option nor an option's value.
    private static int Skip(IReadOnlyList<string> args, int at, IReadOnlyList<Option> options)
    {
        while (at < args.Count && args[at].Length > 1 && args[at][0] == '-' && args[at] != Separator)
        {
            at += TakesNextWord(args[at], options) ? 2 : 1;
        }

        return at;
    }

    private static bool TakesNextWord(string word, IReadOnlyList<Option> options)
    {
        if (word.Contains('=', StringComparison.Ordinal))
        {
            return false;
        }

        // -it is -i -t: the last letter decides, and a letter before it that takes a value has it in the word itself.
        var names = word.StartsWith(Separator, StringComparison.Ordinal) ? [word] : word.Skip(1).Select(letter => $"-{letter}").ToList();
        var first = names.FindIndex(name => options.Any(option => Has(option, name) && TakesValue(option)));
        return first >= 0 && first == names.Count - 1;
    }

    private static bool Has(Option option, string name) => option.Name == name || option.Aliases.Contains(name);

    private static bool TakesValue(Option option) => option.ValueType != typeof(bool) && option.Arity.MaximumNumberOfValues > 0;
}
