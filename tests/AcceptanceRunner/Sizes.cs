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
        SilentStream = TimeSpan.FromMinutes(5),
        SlowCall = TimeSpan.FromMinutes(10),
        KubeletPings = 120,
        HostileSessions = 20_000,
        StallRounds = 5,
        Cycles = 100_000,
        CycleGrowth = 0.05,
        CrowdContainers = 20,
        CrowdSessions = 1000,
        CrowdTime = TimeSpan.FromMinutes(30),

        // Of 2,600 that come. A quarter of a megabyte is under way to each, and a process is as large as it stays when that has been read once: within five minutes.
        CrowdSlowBytesPerSecond = 1000,
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
        SilentStream = TimeSpan.FromSeconds(10),
        SlowCall = TimeSpan.FromSeconds(10),
        KubeletPings = 3,
        HostileSessions = 300,
        StallRounds = 2,
        Cycles = 4000,

        // So early the heap is still growing to its size.
        CycleGrowth = 0.5,
        CrowdContainers = 4,
        CrowdSessions = 120,
        CrowdTime = TimeSpan.FromSeconds(30),
        CrowdSlowBytesPerSecond = 200,
    };

    public required int Tokens { get; init; }

    public required int LostAnswers { get; init; }

    public required long Bytes { get; init; }

    public required int ByteRuns { get; init; }

    public required int EndRuns { get; init; }

    public required int Attaches { get; init; }

    public required int SlowReaderBytesPerSecond { get; init; }

    public required TimeSpan SilentStream { get; init; }

    public required TimeSpan SlowCall { get; init; }

    public required int KubeletPings { get; init; }

    public required int HostileSessions { get; init; }

    public required int StallRounds { get; init; }

    public required int Cycles { get; init; }

    public required double CycleGrowth { get; init; }

    public required int CrowdSlowBytesPerSecond { get; init; }

    public required int CrowdContainers { get; init; }

    public required int CrowdSessions { get; init; }

    public required TimeSpan CrowdTime { get; init; }
}
