using CriAttach.Load.Attach;
using CriAttach.Load.Targets;

namespace CriAttach.Load.Phases;

/// <summary>Input in messages of 32 KiB, until the container says that it has read all.</summary>
internal sealed class StdinPhase : IPhase
{
    private const byte Done = (byte)'D';

    public string Name => "stdin";

    public Task RunAsync(PhaseContext context, CancellationToken cancellationToken) => context.WithContainerAsync(BenchImage.CommandReader, container =>
    {
        using CommandSessions sessions = CommandSessions.Open(context.Client, container, 1);
        byte[] data = new byte[BenchImage.InputBlock];
        new Random(1).NextBytes(data);
        byte[] message = AttachSession.Input(data);
        long count = context.Sizes.Input / BenchImage.InputBlock;

        long start = TimeProvider.System.GetTimestamp();
        sessions.Command('i', count);
        for (long i = 0; i < count; i++)
        {
            sessions.First.Send(message);
        }

        sessions.First.ReadOutputUntil(Done);
        context.Record("stdin_mb_s", count * BenchImage.InputBlock / 1e6 / TimeProvider.System.GetElapsedTime(start).TotalSeconds);
        return Task.CompletedTask;
    }, cancellationToken);
}
