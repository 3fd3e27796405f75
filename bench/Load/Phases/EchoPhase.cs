using CriAttach.Load.Attach;
using CriAttach.Load.Targets;

namespace CriAttach.Load.Phases;

/// <summary>One byte there and back on an open session.</summary>
internal sealed class EchoPhase : IPhase
{
    private const byte Letter = (byte)'x';

    public string Name => "echo";

    public async Task RunAsync(PhaseContext context, CancellationToken cancellationToken)
    {
        List<double> microseconds = [];
        for (int i = 0; i < context.Sizes.EchoContainers; i++)
        {
            await context.WithContainerAsync(BenchImage.Echo, container =>
            {
                Measure(context, container, microseconds);
                return Task.CompletedTask;
            }, cancellationToken).ConfigureAwait(false);
        }

        context.RecordPercentile("echo_p50_us", microseconds, 0.5, microseconds);
        context.RecordPercentile("echo_p99_us", microseconds, 0.99);
    }

    private static void Measure(PhaseContext context, TargetContainer container, List<double> microseconds)
    {
        using AttachSession session = context.Client.Attach(container.Id);
        byte[] message = AttachSession.Input([Letter]);
        for (int i = -context.Sizes.EchoWarmUp; i < context.Sizes.Echoes; i++)
        {
            long start = TimeProvider.System.GetTimestamp();
            session.Send(message);
            session.ReadOutputUntil(Letter);
            if (i >= 0)
            {
                microseconds.Add(TimeProvider.System.GetElapsedTime(start).TotalMicroseconds);
            }
        }
    }
}
