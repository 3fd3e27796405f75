using System.Net;
using System.Net.Sockets;

namespace CriAttach.Testing.Processes;

/// <summary>
/// Ports that nobody listens on. They lie below the range from which the kernel takes ports of outgoing connections,
/// so a process that is started again finds its own free.
/// </summary>
public static class LoopbackPorts
{
    private const int First = 12000;
    private const int Last = 31999;

    private static int _next = Random.Shared.Next(First, Last);

    /// <summary>A port that is free now and is not given out again.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = First + (Interlocked.Increment(ref _next) % (Last - First));
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken by somebody else.
            }
        }
    }
}
