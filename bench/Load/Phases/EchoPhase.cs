using CriAttach.Load.Attach;
using CriAttach.Load.Targets;

namespace CriAttach.Load.Phases;

/// <summary>One byte there and back on an open session.</summary>
internal sealed class EchoPhase : IPhase
{
    private const byte Letter = (byte)'x';

    public string Name => "echo";

    public Task RunAsync(PhaseContext context, CancellationToken cancellationToken) => context.WithContainerAsync(BenchImage.Echo, container =>
    {
        using AttachSession session = context.Client.Attach(container.Id);
        byte[] message = AttachSession.Input([Letter]);
        List<double> microseconds = new(context.Sizes.Echoes);
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

        context.RecordPercentile("echo_p50_us", microseconds, 0.5, microseconds);
        context.RecordPercentile("echo_p99_us", microseconds, 0.99);
        return Task.CompletedTask;
    }, cancellationToken);
}
