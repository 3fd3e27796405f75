using System.Diagnostics;
using System.Net.NetworkInformation;
using CriAttach.Testing.Processes;

namespace CriAttach.ChaosRunner;

/// <summary>A bridge, and on it a network namespace for each silo and gateway. It lives in the namespace that eng/chaos.sh made for this process.</summary>
internal sealed class ChaosNetwork : IAsyncDisposable
{
    /// <summary>The address of this process, and of the membership store.</summary>
    public const string Here = "10.77.0.1";

    private const string Bridge = "chaos0";

    private readonly string _prefix = "ca" + Guid.NewGuid().ToString("N")[..6];
    private readonly Dictionary<string, HostNetwork> _hosts = new(StringComparer.Ordinal);

    private ChaosNetwork()
    {
    }

    /// <summary>Builds it.</summary>
    /// <param name="names">The names of the silos and gateways.</param>
    public static async Task<ChaosNetwork> CreateAsync(params string[] names)
    {
        if (NetworkInterface.GetAllNetworkInterfaces().Any(one => one.NetworkInterfaceType != NetworkInterfaceType.Loopback))
        {
            throw new InvalidOperationException("this network is somebody else's: start this by eng/chaos.sh, which gives it one of its own");
        }

        ChaosNetwork network = new();
        await IpAsync("link", "set", "lo", "up").ConfigureAwait(false);
        await IpAsync("link", "add", Bridge, "type", "bridge").ConfigureAwait(false);
        await IpAsync("address", "add", Here + "/24", "dev", Bridge).ConfigureAwait(false);
        await IpAsync("link", "set", Bridge, "up").ConfigureAwait(false);
        foreach (var (index, name) in names.Index())
        {
            HostNetwork host = new($"10.77.0.{10 + index}", $"{network._prefix}-{name}");
            network._hosts[name] = host;
            await IpAsync("netns", "add", host.Namespace!).ConfigureAwait(false);
            await IpAsync("link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", host.Namespace!).ConfigureAwait(false);
            await IpAsync("link", "set", name, "master", Bridge, "up").ConfigureAwait(false);
            await IpAsync("-n", host.Namespace!, "address", "add", host.Address + "/24", "dev", "eth0").ConfigureAwait(false);
            await IpAsync("-n", host.Namespace!, "link", "set", "eth0", "up").ConfigureAwait(false);
            await IpAsync("-n", host.Namespace!, "link", "set", "lo", "up").ConfigureAwait(false);
        }

        return network;
    }

    /// <summary>Where one stands.</summary>
    /// <param name="name">Its name.</param>
    public HostNetwork Of(string name) => _hosts[name];

    /// <summary>Cuts one off from all others, or joins it again.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cut">Whether it is cut off.</param>
    public static Task CutAsync(string name, bool cut) => IpAsync("link", "set", name, cut ? "down" : "up");

    /// <summary>Cuts one off from one other, or joins them again.</summary>
    /// <param name="name">The one.</param>
    /// <param name="other">The other.</param>
    /// <param name="cut">Whether they are cut off.</param>
    public Task CutAsync(string name, string other, bool cut) =>
        IpAsync("-n", Of(name).Namespace!, "route", cut ? "add" : "del", "blackhole", Of(other).Address + "/32");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Values)
        {
            await IpAsync("netns", "del", host.Namespace!).ConfigureAwait(false);
        }

        await IpAsync("link", "del", Bridge).ConfigureAwait(false);
    }

    private static async Task IpAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        var errors = await process.StandardError.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {errors.Trim()}");
        }
    }
}
