using System.Net;
using System.Net.Sockets;

namespace CriAttach.Testing.Stores;

/// <summary>Looks whether somebody listens.</summary>
internal static class Ports
{
    /// <summary>Whether a port takes connections.</summary>
    public static async ValueTask<bool> AcceptsAsync(int port, string address = "127.0.0.1")
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Parse(address), port).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
