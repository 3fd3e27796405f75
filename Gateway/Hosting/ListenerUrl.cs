using System.Net;

namespace CriAttach.Gateway.Hosting;

/// <summary>How a plain listener is called from this machine.</summary>
internal static class ListenerUrl
{
    /// <summary>The URL of a listener, without a slash at the end.</summary>
    /// <param name="listener">Where it is.</param>
    public static string Of(IPEndPoint listener) =>
        $"http://{(IsAny(listener) ? new IPEndPoint(IPAddress.Loopback, listener.Port) : listener)}";

    /// <summary>Tells whether a listener takes what comes to any address of this machine. Nobody can dial that; here loopback is what it means.</summary>
    /// <param name="listener">Where it is.</param>
    public static bool IsAny(IPEndPoint listener) => listener.Address.Equals(IPAddress.Any) || listener.Address.Equals(IPAddress.IPv6Any);
}
