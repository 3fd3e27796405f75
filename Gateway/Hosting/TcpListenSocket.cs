using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace CriAttach.Gateway.Hosting;

/// <summary>
/// Binds a TCP listener whose connections take no more than they can soon send. Left to itself the kernel takes megabytes of output for a client that
/// does not read: memory that nobody counts, a reader whose slowness shows minutes late, and an answer to Ctrl-C behind all of it.
/// </summary>
internal static class TcpListenSocket
{
    /// <summary>How many bytes the kernel keeps of a connection beside those that are on their way to the client.</summary>
    public const int UnsentLimit = 128 * 1024;

    private const int TcpLevel = 6;
    private const int NotSentLowWater = 25;

    /// <summary>Binds one; the connections that it accepts have the limit from it.</summary>
    /// <param name="endpoint">Where.</param>
    public static Socket Bind(EndPoint endpoint)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        try
        {
            socket.SetRawSocketOption(TcpLevel, NotSentLowWater, BitConverter.GetBytes(UnsentLimit));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
