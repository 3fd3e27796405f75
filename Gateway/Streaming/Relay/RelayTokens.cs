using System.Security.Cryptography;
using System.Text;

namespace CriAttach.Gateway.Streaming.Relay;

/// <summary>
/// The tokens of relayed URLs, in this gateway's memory: whoever comes with one within a minute gets what it stands for, once. Only hashes are
/// kept. They are no cluster state on purpose: the runtime's own token behind each dies as quickly, and the kubelet opens the URL at the
/// gateway that it asked.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class RelayTokens(TimeProvider time)
{
    /// <summary>The most tokens that wait for their clients.</summary>
    public const int Limit = 1000;

    /// <summary>How long a token waits.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private const int IdLength = 12;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Queue<string> _byAge = new();

    /// <summary>Makes a token.</summary>
    /// <param name="kind">What it is for.</param>
    /// <param name="upstream">The runtime's URL.</param>
    /// <param name="streams">What an exec asked for.</param>
    /// <exception cref="RelayLimitException">Too many wait for their clients.</exception>
    public string Issue(RelayKind kind, Uri upstream, ExecStreams? streams)
    {
        var token = AttachToken.CreateSecret();
        var hash = HashOf(token);
        lock (_gate)
        {
            Sweep();
            if (_entries.Count >= Limit)
            {
                throw new RelayLimitException();
            }

            _entries.Add(hash, new Entry(new RelayTarget(hash[..IdLength], kind, upstream, streams), time.GetTimestamp()));
            _byAge.Enqueue(hash);
        }

        return token;
    }

    /// <summary>Uses a token up, whatever it is for.</summary>
    /// <param name="token">The token.</param>
    /// <returns>What it stands for; none when it is unknown, used or too old.</returns>
    public RelayTarget? Take(string token)
    {
        var hash = HashOf(token);
        lock (_gate)
        {
            return _entries.Remove(hash, out var entry) && time.GetElapsedTime(entry.Issued) <= Lifetime ? entry.Target : null;
        }
    }

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    // Caller holds the gate. What was used up is still in line; all of it leaves the line in its turn, so the line is no longer than a minute's tokens.
    private void Sweep()
    {
        while (_byAge.TryPeek(out var oldest) && (!_entries.TryGetValue(oldest, out var entry) || time.GetElapsedTime(entry.Issued) > Lifetime))
        {
            _entries.Remove(oldest);
            _byAge.Dequeue();
        }
    }

    private readonly record struct Entry(RelayTarget Target, long Issued);
}
