using CriAttach.Load.Attach;
using CriAttach.Load.Phases;
using CriAttach.Load.Results;
using CriAttach.Load.Targets;

namespace CriAttach.Load;

/// <summary>The rounds: each side in turn, each time with fresh processes, alone on the machine.</summary>
internal sealed class LoadRun(LoadOptions options, Recorder recorder)
{
    private readonly LoadSizes _sizes = options.Quick ? LoadSizes.Quick : LoadSizes.Full;

    // Idle memory first: afterwards the daemons hold memory from what they were put through.
    private readonly IReadOnlyList<IPhase> _phases =
        [new IdlePhase(), new FirstEchoPhase(), new EchoPhase(), new StdinPhase(), StdoutPhase.Zeros(), StdoutPhase.Lines(), new FanOutPhase()];

    private readonly (string Name, Func<string, CancellationToken, Task<ITarget>> StartAsync)[] _targets =
        [(Report.Ours, OursTarget.StartAsync), (Report.Containerd, ContainerdTarget.StartAsync)];

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        IPhase[] phases = [.. _phases.Where(phase => options.Phases?.Contains(phase.Name) ?? true)];
        for (int round = 1; round <= options.Rounds; round++)
        {
            foreach ((string name, Func<string, CancellationToken, Task<ITarget>> startAsync) in _targets.Where(target => options.Only is null || options.Only == target.Name))
            {
                await RunRoundAsync(name, round, startAsync, phases, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task RunRoundAsync(
        string name, int round, Func<string, CancellationToken, Task<ITarget>> startAsync, IReadOnlyList<IPhase> phases, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string directory = Path.Combine("/tmp", $"cab-{Environment.ProcessId}-{name[0]}{round}");
        try
        {
            ITarget target = await startAsync(directory, cancellationToken).ConfigureAwait(false);
            await using (target.ConfigureAwait(false))
            {
                using AttachClient client = new(target.CriSocket);
                PhaseContext context = new(target, client, _sizes, (metric, value, raw) => recorder.Add(new Sample(name, round, metric, value, raw)));
                foreach (IPhase phase in phases)
                {
                    await RunPhaseAsync(name, round, phase, context, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            recorder.Add(new Failure(name, round, "start or stop", $"{fault.GetType().Name}: {fault.Message}"));
        }
    }

    // One phase that fails is reported, and the others still tell what they can.
    private async Task RunPhaseAsync(string name, int round, IPhase phase, PhaseContext context, CancellationToken cancellationToken)
    {
        try
        {
            await phase.RunAsync(context, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            recorder.Add(new Failure(name, round, phase.Name, $"{fault.GetType().Name}: {fault.Message}"));
        }
    }
}
