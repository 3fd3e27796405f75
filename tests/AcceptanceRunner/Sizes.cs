namespace CriAttach.AcceptanceRunner;

/// <summary>How much of everything.</summary>
internal sealed record Sizes
{
    public static Sizes Full { get; } = new()
    {
        Tokens = 1000,
        LostAnswers = 100,
        Bytes = 1024L * 1024 * 1024,
        ByteRuns = 3,
        EndRuns = 200,
        Attaches = 5000,
        SlowReaderBytesPerSecond = 5_000,
        KubeletPings = 120,
        HostileSessions = 20_000,
    };

    /// <summary>What CI runs: the same points in minutes.</summary>
    public static Sizes Quick { get; } = new()
    {
        Tokens = 200,
        LostAnswers = 20,
        Bytes = 128L * 1024 * 1024,
        ByteRuns = 1,
        EndRuns = 10,
        Attaches = 300,
        SlowReaderBytesPerSecond = 200_000,
        KubeletPings = 3,
        HostileSessions = 300,
    };

    public required int Tokens { get; init; }

    public required int LostAnswers { get; init; }

    public required long Bytes { get; init; }

    public required int ByteRuns { get; init; }

    public required int EndRuns { get; init; }

    public required int Attaches { get; init; }

    public required int SlowReaderBytesPerSecond { get; init; }

    public required int KubeletPings { get; init; }

    public required int HostileSessions { get; init; }
}
