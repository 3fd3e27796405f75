using CriAttach.Cli.Commands;
using CriAttach.Cli.Terminal;

namespace CriAttach.Cli.Tests.Commands;

/// <summary>Runs command lines of the product with streams in memory.</summary>
internal static class Lines
{
    public static CommandContext Context(out StringWriter output, out StringWriter error, Stream? input = null, Stream? stdout = null) => new()
    {
        Streams = new StandardStreams { Input = input ?? Stream.Null, Output = stdout ?? Stream.Null, Error = Stream.Null },
        Output = output = new StringWriter { NewLine = "\n" },
        Error = error = new StringWriter { NewLine = "\n" },
        Environment = _ => null,
    };

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        var context = Context(out var output, out var error);
        var exitCode = await new CommandLine(context).RunAsync(args);
        return (exitCode, output.ToString(), error.ToString());
    }
}
