using System.Net;
using System.Net.Sockets;

namespace CriAttach.Conformance.Tests.Gateways;

/// <summary>Ports that nobody uses at the moment of asking.</summary>
internal static class FreePort
{
    public static int Next()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
