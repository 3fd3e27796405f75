namespace CriAttach.Load;

/// <summary>How much each phase does.</summary>
internal sealed record LoadSizes
{
    private const long Mebibyte = 1024 * 1024;

    internal static LoadSizes Full { get; } = new();

    /// <summary>Enough to see that everything works; no figures to quote.</summary>
    internal static LoadSizes Quick { get; } = new()
    {
        FirstEchoes = 50,
        Echoes = 200,
        EchoWarmUp = 50,
        Zeros = 64 * Mebibyte,
        Lines = 32 * Mebibyte,
        Input = 64 * Mebibyte,
        FanOuts = [(1, 64 * Mebibyte), (10, 16 * Mebibyte), (50, 4 * Mebibyte)],
        IdleSessions = 100,
    };

    public int FirstEchoes { get; init; } = 200;

    /// <summary>Containers of the echo phase: where the scheduler puts a container and its server decides much, so it gets to choose again.</summary>
    public int EchoContainers { get; init; } = 5;

    public int Echoes { get; init; } = 1000;

    public int EchoWarmUp { get; init; } = 200;

    public long Zeros { get; init; } = 1024 * Mebibyte;

    public long Lines { get; init; } = 512 * Mebibyte;

    public long Input { get; init; } = 1024 * Mebibyte;

    public IReadOnlyList<(int Clients, long BytesEach)> FanOuts { get; init; } =
        [(1, 512 * Mebibyte), (10, 256 * Mebibyte), (50, 128 * Mebibyte)];

    public int IdleSessions { get; init; } = 1000;

    /// <summary>Sessions opened and closed before the first figure of idle memory, so that code and pools are there.</summary>
    public int IdleWarmUp { get; init; } = 50;
}
