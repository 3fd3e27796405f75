using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CriAttach.Gateway.Auth;

/// <summary>Tickets that log in once, at this gateway. Only their hashes are kept.</summary>
/// <param name="time">The clock.</param>
internal sealed class LoginTickets(TimeProvider time)
{
    /// <summary>How many may wait at a time.</summary>
    public const int MaxWaiting = 100;

    /// <summary>How long one may wait.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private const int Bytes = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, TimeSpan> _ends = new(StringComparer.Ordinal);

    // Not the time of day, which may be set back.
    private TimeSpan Now => time.GetElapsedTime(0);

    /// <summary>Makes a ticket.</summary>
    /// <param name="expiresAt">When it stops working.</param>
    /// <returns>The ticket; none while too many wait.</returns>
    public string? TryIssue(out DateTimeOffset expiresAt)
    {
        var ticket = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        var now = Now;
        expiresAt = time.GetUtcNow() + Life;
        lock (_gate)
        {
            if (_ends.Count >= MaxWaiting)
            {
                foreach (var over in _ends.Where(pair => pair.Value <= now).Select(pair => pair.Key).ToArray())
                {
                    _ends.Remove(over);
                }
            }

            return _ends.Count < MaxWaiting && _ends.TryAdd(Hash(ticket), now + Life) ? ticket : null;
        }
    }

    /// <summary>Takes a ticket; it is good no more after that.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <returns>Whether it was good.</returns>
    public bool TryRedeem(string ticket)
    {
        var hash = Hash(ticket);
        lock (_gate)
        {
            return _ends.Remove(hash, out var end) && end > Now;
        }
    }

    private static string Hash(string ticket) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(ticket)));
}
