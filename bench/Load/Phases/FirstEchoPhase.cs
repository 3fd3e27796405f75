using System.Net.Sockets;
using CriAttach.Load.Attach;
using CriAttach.Load.Targets;

namespace CriAttach.Load.Phases;

/// <summary>From the Attach call to the first echoed byte, one session after the other.</summary>
internal sealed class FirstEchoPhase : IPhase
{
    private const int SmallBuffer = 4096;
    private const int WarmUp = 20;
    private static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(3);

    public string Name => "first-echo";

    public Task RunAsync(PhaseContext context, CancellationToken cancellationToken) => context.WithContainerAsync(BenchImage.Echo, container =>
    {
        List<double> calls = [];
        List<double> opens = [];
        List<double> milliseconds = [];
        int lost = 0;
        for (int i = -WarmUp; i < context.Sizes.FirstEchoes; i++)
        {
            // Neighbours send different bytes, so a late echo is not taken for one's own.
            byte letter = (byte)('a' + ((i + WarmUp) % 26));
            byte[] message = AttachSession.Input([letter]);
            long start = TimeProvider.System.GetTimestamp();
            Uri url = context.Client.Request(container.Id);
            long called = TimeProvider.System.GetTimestamp();
            using AttachSession session = AttachSession.Open(url, SmallBuffer);
            long opened = TimeProvider.System.GetTimestamp();
            session.ReadPatience = LostAfter;
            session.Send(message);
            try
            {
                session.ReadOutputUntil(letter);
            }
            catch (SocketException fault) when (fault.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
            {
                lost++;
                continue;
            }

            if (i >= 0)
            {
                milliseconds.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
                calls.Add(TimeProvider.System.GetElapsedTime(start, called).TotalMilliseconds);
                opens.Add(TimeProvider.System.GetElapsedTime(called, opened).TotalMilliseconds);
            }
        }

        context.RecordPercentile("first_echo_p50_ms", milliseconds, 0.5, milliseconds);
        context.RecordPercentile("first_echo_p99_ms", milliseconds, 0.99);
        context.RecordPercentile("first_echo_call_p50_ms", calls, 0.5);
        context.RecordPercentile("first_echo_open_p50_ms", opens, 0.5);
        context.Record("first_echo_lost", lost);
        return Task.CompletedTask;
    }, cancellationToken);
}
