using CriAttach.Cli.Output;
using CriAttach.Cli.Terminal;

namespace CriAttach.Cli.Commands;

/// <summary>What a command has of the world.</summary>
internal sealed class CommandContext
{
    /// <summary>Gets the standard streams, for bytes.</summary>
    public required StandardStreams Streams { get; init; }

    /// <summary>Gets standard output, for text.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Gets standard error, for text.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Gets the clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Gets the environment variable of a name; null for none.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Gets the tables, with ages as of now.</summary>
    public Listings Listings => new(Clock.GetUtcNow());

    /// <summary>Warns of nodes whose share is missing in a list.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="what">What is missing.</param>
    public void WarnOfUnreachable(IReadOnlyList<string> nodes, string what)
    {
        if (nodes.Count > 0)
        {
            Error.WriteLine($"warning: no answer from {string.Join(", ", nodes)}: {what} there are missing here");
        }
    }
}
