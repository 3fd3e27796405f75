using System.Net;
using System.Net.Sockets;

namespace CriAttach.Testing.Stores;

/// <summary>Looks whether somebody listens.</summary>
internal static class Ports
{
    /// <summary>Whether a port of the loopback takes connections.</summary>
    public static async ValueTask<bool> AcceptsAsync(int port)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
