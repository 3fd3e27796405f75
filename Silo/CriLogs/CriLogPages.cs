using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Logs;
using CriAttach.Wire.CriLog;

namespace CriAttach.Silo.CriLogs;

/// <summary>Reads CRI logs by the page. Nothing is kept between pages: the position says it all, also to a silo that was restarted.</summary>
/// <param name="clock">The clock.</param>
internal sealed class CriLogPages(TimeProvider clock) : IContainerLogs
{
    private const int NanosecondsPerTick = 100;

    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public async Task<LogPage> ReadAsync(string logPath, Task exited, LogRequest request)
    {
        var patience = request.Wait < MaxWait ? request.Wait : MaxWait;
        var since = clock.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            // Asked before the files are looked at: what was written until then is seen.
            var complete = exited.IsCompleted;
            var page = await Task.Run(() => Read(logPath, request)).ConfigureAwait(false);
            if (!page.AtEnd || page.Data.Length > 0 || complete || clock.GetElapsedTime(since) >= patience)
            {
                return page with { Complete = complete && page.AtEnd };
            }

            // Writers of logs announce nothing that every runtime has, so the file is asked.
            request = request with { Position = page.Next };
            await Task.Delay(pause, clock).ConfigureAwait(false);
        }
    }

    private static LogPage Read(string logPath, LogRequest request)
    {
        if (logPath.Length == 0)
        {
            throw new RuntimeFailureException("the container has no log");
        }

        try
        {
            using var snapshot = CriLogSnapshot.Open(logPath);
            var cursor = new CriLogCursor(snapshot);
            var at = CriLogPosition.Parse(request.Position);
            if (request is { Position.Length: 0, TailLines: { } lines })
            {
                at = cursor.Tail(lines);
            }

            var page = new CriLogPageWriter(Nanoseconds(request.Since), request.Timestamps);
            var end = cursor.Fill(page, ref at, out var gap);
            return new LogPage { Data = page.Written, Next = at.ToString(), AtEnd = end, Gap = gap };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CriLogFormatException)
        {
            throw new RuntimeFailureException($"the log '{logPath}' cannot be read: {fault.Message}");
        }
    }

    private static long Nanoseconds(DateTimeOffset? time) =>
        time is { } since ? (since - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick : long.MinValue;
}
