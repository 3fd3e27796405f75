namespace CriAttach.Cli.Streaming;

/// <summary>What <see cref="EchoMeter"/> measured.</summary>
/// <param name="Bytes">How many bytes came back.</param>
/// <param name="Times">The time of each round, in the order of the rounds.</param>
internal sealed record EchoResult(long Bytes, IReadOnlyList<TimeSpan> Times)
{
    /// <summary>The time that a share of the rounds did not exceed, by nearest rank.</summary>
    /// <param name="share">The share, above 0 and at most 1.</param>
    public TimeSpan Percentile(double share)
    {
        var sorted = Times.Order().ToList();
        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
    }
}
