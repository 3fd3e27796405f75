using System.Diagnostics;

namespace CriAttach.Testing.Processes;

/// <summary>A server started for a test, its output in a file. Disposing it ends it: kindly at first, then not.</summary>
public sealed class BackgroundProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private BackgroundProcess(Process process, string logPath)
    {
        _process = process;
        LogPath = logPath;
    }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>The file of its output.</summary>
    public string LogPath { get; }

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="logPath">Where its output goes.</param>
    /// <param name="environment">Variables on top of our own.</param>
    public static BackgroundProcess Start(
        string program, IEnumerable<string> arguments, string logPath, IReadOnlyDictionary<string, string>? environment = null)
    {
        Reaper.Watch();

        // A session of its own, so that Ctrl-C in a terminal reaches the tests first; exec keeps the process id.
        string[] shell = ["-c", "log=$1; shift; exec setsid \"$@\" </dev/null >\"$log\" 2>&1", "sh", logPath, program, .. arguments];
        ProcessStartInfo start = new("/bin/sh", shell);
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new BackgroundProcess(Process.Start(start)!, logPath);
    }

    /// <summary>Waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">It ended; the message holds its output.</exception>
    /// <exception cref="TimeoutException">It did not answer in time.</exception>
    public Task AnsweringAsync(Func<CancellationToken, ValueTask<bool>> answers, string what, CancellationToken cancellationToken) => Until.TrueAsync(
        async token => _process.HasExited
            ? throw new InvalidOperationException($"Ended before {what}: {await File.ReadAllTextAsync(LogPath, token).ConfigureAwait(false)}")
            : await answers(token).ConfigureAwait(false),
        Patience, what, cancellationToken);

    /// <summary>Waits until it has ended.</summary>
    /// <exception cref="TimeoutException">It runs on.</exception>
    public async Task ExitedAsync(TimeSpan limit)
    {
        using CancellationTokenSource patience = new(limit);
        try
        {
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Process {Id} runs on after {limit.TotalSeconds} s. Its log is {LogPath}.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            ProcessTable.Terminate(Id);
            using CancellationTokenSource limit = new(Patience);
            try
            {
                await _process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                ProcessTable.Kill(Id);
                await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }

        _process.Dispose();
    }
}
