using System.Globalization;
using CriAttach.Silo.Native;

namespace CriAttach.Silo.Runtimes.Conmon;

/// <summary>How PID 1 ended, as conmon tells it.</summary>
/// <param name="Code">The exit status.</param>
/// <param name="At">When.</param>
internal sealed record ExitRecord(int Code, DateTimeOffset At)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Reads what conmon has written; none when it has written nothing.</summary>
    public static ExitRecord? Read(BundlePaths bundle, string containerId)
    {
        // conmon puts the file there whole, by a rename.
        var file = new FileInfo(Path.Combine(bundle.ExitDirectory, containerId));
        return file.Exists && int.TryParse(File.ReadAllText(file.FullName), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? new ExitRecord(code, file.LastWriteTimeUtc)
            : null;
    }

    /// <summary>Waits for it: conmon writes it after it has closed the connection. Polled, for a machine has few inotify instances and the file is there at once.</summary>
    /// <returns>None when conmon has ended without a word, or says none for so long.</returns>
    public static async Task<ExitRecord?> WaitAsync(BundlePaths bundle, string containerId, ProcessIdentity? conmon, TimeSpan patience, TimeProvider clock)
    {
        var since = clock.GetTimestamp();
        for (var pause = TimeSpan.FromMilliseconds(0.5); ; pause = pause < LongestPause ? pause * 2 : pause)
        {
            // Asked in this order: a conmon that has ended has written the file before.
            var alive = conmon?.IsAlive() ?? false;
            if (Read(bundle, containerId) is { } exit)
            {
                return exit;
            }

            if (!alive || clock.GetElapsedTime(since) > patience)
            {
                return null;
            }

            await Task.Delay(pause, clock).ConfigureAwait(false);
        }
    }
}
