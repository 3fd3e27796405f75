using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Faults;
using CriAttach.Silo.Native;

namespace CriAttach.Silo.Runtimes;

/// <summary>How a PID 1 of this node is ended: its stop signal, time to go, SIGKILL.</summary>
internal static class StopSequence
{
    /// <summary>How long the kernel may take to end what got SIGKILL.</summary>
    public static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(30);

    /// <summary>Ends a container; it must not wait for readers any more.</summary>
    /// <param name="container">The container.</param>
    /// <param name="send">Sends PID 1 a signal, if it is still there.</param>
    /// <param name="stopSignal">The first signal.</param>
    /// <param name="grace">How long PID 1 may take after that; zero for SIGKILL at once.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="RuntimeFailureException">It did not end.</exception>
    public static async Task RunAsync(IRuntimeContainer container, Action<int> send, int stopSignal, TimeSpan grace, TimeProvider clock)
    {
        if (grace > TimeSpan.Zero)
        {
            send(stopSignal);
            if (await EndsWithinAsync(container.Exited, grace, clock).ConfigureAwait(false))
            {
                return;
            }
        }

        send(Signal.Kill);
        if (!await EndsWithinAsync(container.Exited, KillPatience, clock).ConfigureAwait(false))
        {
            throw new RuntimeFailureException($"PID 1 of container {container.Info.Key.ContainerId} did not end {KillPatience.TotalSeconds} s after SIGKILL");
        }
    }

    private static async Task<bool> EndsWithinAsync(Task exited, TimeSpan patience, TimeProvider clock)
    {
        await exited.WaitAsync(patience, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return exited.IsCompleted;
    }
}
