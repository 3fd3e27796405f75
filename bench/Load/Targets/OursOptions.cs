using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CriAttach.Load.Targets;

/// <summary>How the silo and the gateway are configured: everything that docs/configuration.md names and the bench sets, in one place.</summary>
internal sealed record OursOptions
{
    internal const string Node = "bench";

    // The log's content is checked to the last byte, so nothing may be rotated away.
    private const long LogMaxBytes = 16L * 1024 * 1024 * 1024;

    private readonly string _siloPort = FreePort();
    private readonly string _gatewayPort = FreePort();

    public required string Directory { get; init; }

    internal string CriSocket => Path.Combine(Directory, "cri.sock");

    internal string AdminSocket => Path.Combine(Directory, "admin.sock");

    internal IReadOnlyDictionary<string, string> Silo() => new Dictionary<string, string>
    {
        ["CriAttach__Cluster__Provider"] = "Development",
        ["CriAttach__Cluster__SiloPort"] = _siloPort,
        ["CriAttach__Cluster__GatewayPort"] = _gatewayPort,
        ["CriAttach__Node__Name"] = Node,
        ["CriAttach__Node__StateDirectory"] = Path.Combine(Directory, "state"),
        ["CriAttach__Node__RunDirectory"] = Path.Combine(Directory, "run"),
        ["CriAttach__Conmon__LogMaxBytes"] = LogMaxBytes.ToString(CultureInfo.InvariantCulture),
    };

    internal IReadOnlyDictionary<string, string> Gateway() => new Dictionary<string, string>
    {
        ["CriAttach__Cluster__Provider"] = "Development",
        ["CriAttach__Cluster__Gateways__0"] = $"127.0.0.1:{_gatewayPort}",
        ["CriAttach__Gateway__Name"] = "bench",
        ["CriAttach__Gateway__Node"] = Node,
        ["CriAttach__Gateway__CriSocket"] = CriSocket,
        ["CriAttach__Gateway__AdminSocket"] = AdminSocket,
        ["CriAttach__Gateway__StreamAddress"] = "127.0.0.1:0",
    };

    private static string FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);
    }
}
