namespace CriAttach.Load.Results;

/// <summary>A line of the result.</summary>
/// <param name="Name">Its name, with its unit.</param>
/// <param name="MoreIsBetter">Whether a greater figure is the better one.</param>
internal sealed record Row(string Name, bool MoreIsBetter)
{
    /// <summary>What is compared, in the order of the report.</summary>
    internal static IReadOnlyList<Row> Compared { get; } =
    [
        new("first_echo_p50_ms", false),
        new("echo_p50_us", false),
        new("echo_p99_us", false),
        new("stdout_zeros_mb_s", true),
        new("stdout_lines_mb_s", true),
        new("stdin_mb_s", true),
        new("fanout10_mb_s", true),
        new("fanout50_mb_s", true),
        new("fanout50_cpu_s_per_gb", false),
        new("idle_session_kb", false),
    ];

    /// <summary>How many times better ours is.</summary>
    internal double? Gain(double? ours, double? theirs) => MoreIsBetter ? ours / theirs : theirs / ours;
}
