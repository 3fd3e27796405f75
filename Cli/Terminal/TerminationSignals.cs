using System.Runtime.InteropServices;

namespace CriAttach.Cli.Terminal;

/// <summary>
/// Turns the signals that would end the process into a task, so that the terminal can be put back first. The second
/// signal ends the process at once.
/// </summary>
internal sealed class TerminationSignals : IDisposable
{
    private const int SignalBase = 128;
    private readonly TaskCompletionSource<int> _received = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<PosixSignalRegistration> _registrations = [];

    /// <summary>Initializes the watch.</summary>
    public TerminationSignals()
    {
        Watch(PosixSignal.SIGHUP, 1);
        Watch(PosixSignal.SIGINT, 2);
        Watch(PosixSignal.SIGQUIT, 3);
        Watch(PosixSignal.SIGTERM, 15);
    }

    /// <summary>Gets a task that ends with the exit code that tells of the first signal: 128 and its number.</summary>
    public Task<int> Received => _received.Task;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private void Watch(PosixSignal signal, int number) => _registrations.Add(PosixSignalRegistration.Create(
        signal,
        context => context.Cancel = _received.TrySetResult(SignalBase + number)));
}
