namespace CriAttach.Cli.Output;

/// <summary>Says for people how long something lasted.</summary>
internal static class Age
{
    /// <summary>A duration in its one fitting unit.</summary>
    /// <param name="age">The duration; a negative one, of clocks that disagree, counts as none.</param>
    public static string Text(TimeSpan age) => age switch
    {
        { TotalSeconds: < 2 } => "1 second",
        { TotalMinutes: < 2 } => $"{age.TotalSeconds:0} seconds",
        { TotalHours: < 2 } => $"{Math.Floor(age.TotalMinutes):0} minutes",
        { TotalDays: < 2 } => $"{Math.Floor(age.TotalHours):0} hours",
        _ => $"{Math.Floor(age.TotalDays):0} days",
    };
}
