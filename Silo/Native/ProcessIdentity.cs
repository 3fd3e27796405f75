using System.Globalization;

namespace CriAttach.Silo.Native;

/// <summary>A process for ever: its id can come back with another one, its id and start time cannot.</summary>
/// <param name="Pid">The id.</param>
/// <param name="StartTime">When it started, in clock ticks since the machine did.</param>
internal readonly record struct ProcessIdentity(int Pid, long StartTime)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(2);

    private const int StateField = 0;
    private const int StartTimeField = 19;

    /// <summary>Whether it has not ended.</summary>
    public bool IsAlive() => Read(Pid) is { } stat && StartOf(stat) == StartTime && stat[StateField] is not ("Z" or "X");

    /// <summary>Whether it is stopped by a signal.</summary>
    public bool IsStopped() => Read(Pid) is { } stat && StartOf(stat) == StartTime && stat[StateField] is "T";

    /// <summary>Sends it a signal; nothing happens when it has ended.</summary>
    /// <returns>Whether it was sent.</returns>
    public bool Send(int signal) => IsAlive() && Libc.Kill(Pid, signal) == 0;

    /// <summary>Waits until it has ended; polled, for it is no child of ours.</summary>
    /// <returns><c>false</c> when it has not ended in time.</returns>
    public async Task<bool> EndsWithinAsync(TimeSpan patience, TimeProvider clock)
    {
        var since = clock.GetTimestamp();
        while (IsAlive())
        {
            if (clock.GetElapsedTime(since) > patience)
            {
                return false;
            }

            await Task.Delay(Poll, clock).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>The process that has the id now.</summary>
    public static ProcessIdentity? Of(int pid) => Read(pid) is { } stat ? new ProcessIdentity(pid, StartOf(stat)) : null;

    private static long StartOf(string[] stat) => long.Parse(stat[StartTimeField], CultureInfo.InvariantCulture);

    /// <summary>The fields behind the name of <c>/proc/pid/stat</c>, which may hold spaces and brackets itself.</summary>
    private static string[]? Read(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            // No such process, or it ended while it was being looked at.
            return null;
        }
    }
}
