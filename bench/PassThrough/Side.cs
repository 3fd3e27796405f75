using CriAttach.Protos.Runtime.V1;

namespace CriAttach.PassThrough;

/// <summary>One of the two ways to the runtime, and how long its calls took.</summary>
/// <param name="runtime">The way.</param>
internal sealed class Side(RuntimeService.RuntimeServiceClient runtime)
{
    private readonly List<double> _milliseconds = [];

    /// <summary>Makes a call.</summary>
    /// <param name="counts">Whether its time counts.</param>
    public async Task CallAsync(bool counts)
    {
        var start = TimeProvider.System.GetTimestamp();
        await runtime.VersionAsync(new VersionRequest());
        if (counts)
        {
            _milliseconds.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
        }
    }

    /// <summary>The time that a share of the calls did not exceed, in milliseconds.</summary>
    /// <param name="share">The share.</param>
    public double Percentile(double share)
    {
        _milliseconds.Sort();
        return Math.Round(_milliseconds[(int)((_milliseconds.Count - 1) * share)], 4);
    }
}
