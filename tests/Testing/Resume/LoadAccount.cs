namespace CriAttach.Testing.Resume;

/// <summary>What became of every byte.</summary>
public sealed record LoadAccount
{
    /// <summary>Bytes of output that came.</summary>
    public required long Output { get; init; }

    /// <summary>Bytes of output that are missing although nobody said so.</summary>
    public required long LostSilently { get; init; }

    /// <summary>Bytes of output that are missing, and were told to be.</summary>
    public required long LostAndTold { get; init; }

    /// <summary>Gaps in the output whose length nobody knew.</summary>
    public required int GapsOfUnknownLength { get; init; }

    /// <summary>Bytes of output that came twice.</summary>
    public required long Doubled { get; init; }

    /// <summary>Bytes typed.</summary>
    public required long Input { get; init; }

    /// <summary>Bytes of input that are in doubt, and were told to be.</summary>
    public required long InputInDoubt { get; init; }

    /// <summary>The longest time without output.</summary>
    public required TimeSpan LongestStall { get; init; }

    /// <summary>What was wrong; null for nothing.</summary>
    public required string? Fault { get; init; }

    /// <summary>The account of two clients.</summary>
    public static LoadAccount operator +(LoadAccount one, LoadAccount other) => new()
    {
        Output = one.Output + other.Output,
        LostSilently = one.LostSilently + other.LostSilently,
        LostAndTold = one.LostAndTold + other.LostAndTold,
        GapsOfUnknownLength = one.GapsOfUnknownLength + other.GapsOfUnknownLength,
        Doubled = one.Doubled + other.Doubled,
        Input = one.Input + other.Input,
        InputInDoubt = one.InputInDoubt + other.InputInDoubt,
        LongestStall = one.LongestStall > other.LongestStall ? one.LongestStall : other.LongestStall,
        Fault = one.Fault ?? other.Fault,
    };
}
