namespace CriAttach.Silo.Runtimes.CriUpstream.Joining;

/// <summary>Holds bytes of an attachment against those of the log, which lacks carriage returns before line feeds.</summary>
internal static class StreamMatch
{
    /// <summary>Compares as far as both reach.</summary>
    /// <param name="live">The attachment's bytes; those matched are cut off.</param>
    /// <param name="log">The log's bytes; those matched are cut off.</param>
    /// <param name="returns">How many carriage returns the log lacks.</param>
    /// <param name="bare">How many line feeds had none.</param>
    /// <returns><c>false</c> when they are not the same.</returns>
    public static bool Advance(ref ReadOnlySpan<byte> live, ref ReadOnlySpan<byte> log, out int returns, out int bare)
    {
        (returns, bare) = (0, 0);
        while (true)
        {
            var common = live.CommonPrefixLength(log);
            bare += log[..common].Count((byte)'\n');
            live = live[common..];
            log = log[common..];
            if (live.IsEmpty || log.IsEmpty || (live.Length == 1 && live[0] == '\r' && log[0] == '\n'))
            {
                return true;
            }

            if (log[0] != '\n' || live[0] != '\r' || live[1] != '\n')
            {
                return false;
            }

            returns++;
            live = live[2..];
            log = log[1..];
        }
    }
}
