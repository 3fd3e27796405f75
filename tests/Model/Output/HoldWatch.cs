using CriAttach.Model.Tests.Simulation;
using CriAttach.Streams.Log;

namespace CriAttach.Model.Tests.Output;

/// <summary>Watches how long readers keep PID 1 from writing, and holds it against what is promised.</summary>
internal sealed class HoldWatch(Run run, StdioLogOptions options)
{
    /// <summary>How exactly the run sees the end of a hold.</summary>
    public static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(100);

    // Shorter holds are a reader's rhythm, not a stop.
    private static readonly TimeSpan FullStop = TimeSpan.FromSeconds(2);

    private readonly List<(TimeSpan From, TimeSpan To)> _stops = [];
    private TimeSpan? _since;
    private TimeSpan _stalledSince;

    /// <summary>Gets a value indicating whether PID 1 waits.</summary>
    public bool IsHeld => _since is not null;

    /// <summary>Somebody has consumed, or has come: who holds PID 1 now may be measured from now on.</summary>
    public void Moved() => _stalledSince = run.Now;

    /// <summary>Says whether PID 1 waits now.</summary>
    public void See(bool held)
    {
        if (!held)
        {
            End();
            return;
        }

        if (_since is null)
        {
            _since = run.Now;
            Moved();
        }

        // Whoever was fast enough over one measurement has until the end of the next.
        var now = run.Now;
        var longest = options.StallTimeout * 2;
        run.Check(now - _stalledSince <= longest + Grain, $"PID 1 is held for {now - _stalledSince} although nobody reads; {longest} is allowed");
        var sum = now - _since.Value;
        foreach (var (from, to) in _stops)
        {
            var begin = now - options.FullStopWindow;
            sum += to > begin ? to - (from > begin ? from : begin) : TimeSpan.Zero;
        }

        run.Check(sum <= options.FullStopBudget + (Grain * (_stops.Count + 1)), $"PID 1 is stopped for {sum} of {options.FullStopWindow}; {options.FullStopBudget} is allowed");
    }

    /// <summary>Whoever held PID 1 is dead: what comes after is not of the same account.</summary>
    public void Forget()
    {
        _since = null;
        _stops.Clear();
    }

    private void End()
    {
        if (_since is { } since && run.Now - since >= FullStop + Grain)
        {
            _stops.Add((since, run.Now - Grain));
            _stops.RemoveAll(stop => stop.To < run.Now - options.FullStopWindow);
        }

        _since = null;
    }
}
