using System.Security.Cryptography;
using CriAttach.Streams.Log;

namespace CriAttach.Silo.CriLogs;

/// <summary>Makes logs in memory that go on where the files end.</summary>
internal static class OutputHistory
{
    // What a client that asks for the newest bytes gets at once after a restart; the rest comes from the files.
    private const int Preload = 64 * 1024;

    // What a double holds exactly: clients read epochs from JSON.
    private const long LargestEpoch = (1L << 53) - 1;

    /// <summary>A number that no other continuity has.</summary>
    public static long NewEpoch() => (BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & LargestEpoch) | 1;

    /// <summary>Makes the log of a container whose next output byte has a given offset; what came before is in the files.</summary>
    /// <exception cref="IOException">The files do not reach up to the offset.</exception>
    public static async Task<StdioLog> OpenAsync(CriLogFiles files, long offset, long epoch, StdioLogOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var archive = new CriLogArchive(files);
        var start = Math.Max(archive.Tail, offset - Preload);
        var log = new StdioLog(options, epoch, start, archive, clock);
        if (start == offset)
        {
            return log;
        }

        var reader = await archive.OpenAsync(start, cancellationToken).ConfigureAwait(false) ?? throw new IOException($"the log does not hold offset {start}");
        await using (reader.ConfigureAwait(false))
        {
            var buffer = new byte[Preload];
            while (log.Head < offset)
            {
                var read = await reader.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, offset - log.Head)), cancellationToken).ConfigureAwait(false);
                if (read.Count == 0)
                {
                    throw new IOException($"the log ends at offset {log.Head}, not {offset}");
                }

                log.Append(read.Stream, buffer.AsSpan(0, read.Count));
            }
        }

        return log;
    }
}
