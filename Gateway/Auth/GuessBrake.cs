using System.Net;
using System.Net.Sockets;

namespace CriAttach.Gateway.Auth;

/// <summary>
/// Slows down those who guess secrets: an address may be wrong ten times at once and then once a second. Until then nothing that it shows is looked at,
/// so guessing in parallel wins nothing. Logins that exist are not looked at here and go on.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class GuessBrake(TimeProvider time)
{
    /// <summary>How many wrong secrets an address may show at once.</summary>
    public const int Burst = 10;

    // More addresses than these are treated as one: memory is bounded, and nobody gets a new start by bringing more of them.
    private const int MaxAddresses = 4096;

    // One customer of IPv6 has at least so many bits of addresses.
    private const int HostBytesOfIPv6 = 8;

    /// <summary>What one wrong secret costs.</summary>
    public static readonly TimeSpan Price = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, TimeSpan> _paidAt = [];

    // Not the time of day: that may be set, and would lock everybody out, or nobody.
    private TimeSpan Now => time.GetElapsedTime(0);

    /// <summary>Tells how long an address has to wait before it may show a secret.</summary>
    /// <param name="address">The address; none where there is no network.</param>
    public TimeSpan Wait(IPAddress? address)
    {
        lock (_gate)
        {
            var wait = PaidAt(KeyOf(address)) - Now - ((Burst - 1) * Price);
            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }
    }

    /// <summary>An address showed a wrong secret.</summary>
    /// <param name="address">The address.</param>
    public void Wrong(IPAddress? address)
    {
        lock (_gate)
        {
            var key = KeyOf(address);
            var now = Now;
            var from = PaidAt(key);
            if (_paidAt.Count >= MaxAddresses)
            {
                foreach (var paid in _paidAt.Where(pair => pair.Value <= now).Select(pair => pair.Key).ToArray())
                {
                    _paidAt.Remove(paid);
                }
            }

            if (_paidAt.Count >= MaxAddresses && !_paidAt.ContainsKey(key))
            {
                key = IPAddress.None;
                from = PaidAt(key);
            }

            _paidAt[key] = (from > now ? from : now) + Price;
        }
    }

    private TimeSpan PaidAt(IPAddress key) =>
        _paidAt.TryGetValue(key, out var at) || (_paidAt.Count >= MaxAddresses && _paidAt.TryGetValue(IPAddress.None, out at)) ? at : TimeSpan.Zero;

    private static IPAddress KeyOf(IPAddress? address)
    {
        if (address is null)
        {
            return IPAddress.Any;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, bytes.Length - HostBytesOfIPv6, HostBytesOfIPv6);
        return new IPAddress(bytes);
    }
}
