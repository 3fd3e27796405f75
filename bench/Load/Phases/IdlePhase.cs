using CriAttach.Load.Attach;
using CriAttach.Load.Processes;
using CriAttach.Load.Targets;

namespace CriAttach.Load.Phases;

/// <summary>What a session costs in memory while nothing happens on it.</summary>
internal sealed class IdlePhase : IPhase
{
    private const int SmallBuffer = 1024;
    private const double StableWithin = 0.002;
    private const int StableFor = 4;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public string Name => "idle";

    public Task RunAsync(PhaseContext context, CancellationToken cancellationToken) => context.WithContainerAsync(BenchImage.Echo, async container =>
    {
        List<AttachSession> sessions = [];
        try
        {
            Open(context, container, sessions, context.Sizes.IdleWarmUp);
            Close(sessions);
            ProcessMeter meter = new(context.Target.Processes());
            double before = await SettledAsync(meter, cancellationToken).ConfigureAwait(false);
            Open(context, container, sessions, context.Sizes.IdleSessions);
            double after = await SettledAsync(meter, cancellationToken).ConfigureAwait(false);
            context.Record("idle_session_kb", (after - before) / sessions.Count, [before, after]);
        }
        finally
        {
            Close(sessions);
        }
    }, cancellationToken);

    private static void Open(PhaseContext context, TargetContainer container, List<AttachSession> sessions, int count)
    {
        for (int i = 0; i < count; i++)
        {
            sessions.Add(context.Client.Attach(container.Id, SmallBuffer));
        }
    }

    private static void Close(List<AttachSession> sessions)
    {
        foreach (AttachSession session in sessions)
        {
            session.Dispose();
        }

        sessions.Clear();
    }

    // The figure when it has stopped to move, or the last one when the time is up.
    private static async Task<double> SettledAsync(ProcessMeter meter, CancellationToken cancellationToken)
    {
        long start = TimeProvider.System.GetTimestamp();
        double reference = meter.ResidentKilobytes();
        for (int stable = 0; stable < StableFor && TimeProvider.System.GetElapsedTime(start) < Limit; stable++)
        {
            await Task.Delay(Interval, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            double now = meter.ResidentKilobytes();
            if (Math.Abs(now - reference) > reference * StableWithin)
            {
                reference = now;
                stable = -1;
            }
        }

        return meter.ResidentKilobytes();
    }
}
