namespace CriAttach.Cli.Terminal;

/// <summary>Where input comes from and output goes to.</summary>
internal sealed class StandardStreams
{
    /// <summary>Gets standard input.</summary>
    public required Stream Input { get; init; }

    /// <summary>Gets standard output.</summary>
    public required Stream Output { get; init; }

    /// <summary>Gets standard error.</summary>
    public required Stream Error { get; init; }

    /// <summary>Gets the descriptor of the terminal that input comes from; null when it is none.</summary>
    public int? InputTerminal { get; init; }

    /// <summary>Gets the descriptor of the terminal that output goes to; null when it is none.</summary>
    public int? OutputTerminal { get; init; }

    /// <summary>The three streams of this process.</summary>
    public static StandardStreams OfProcess()
    {
        var input = new FileDescriptorStream(0, FileAccess.Read);
        var output = new FileDescriptorStream(1, FileAccess.Write);
        return new()
        {
            Input = input,
            Output = output,
            Error = new FileDescriptorStream(2, FileAccess.Write),
            InputTerminal = input.IsTerminal ? input.Descriptor : null,
            OutputTerminal = output.IsTerminal ? output.Descriptor : null,
        };
    }
}
