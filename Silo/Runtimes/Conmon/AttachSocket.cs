using System.Net.Sockets;
using CriAttach.Silo.Native;

namespace CriAttach.Silo.Runtimes.Conmon;

/// <summary>Connects to conmon's attach socket.</summary>
internal static class AttachSocket
{
    /// <summary>Connects; the connection waits in the queue until conmon accepts it.</summary>
    /// <param name="bundle">The bundle's directory, however long its path is.</param>
    /// <exception cref="IOException">Nobody listens.</exception>
    public static Socket Connect(string bundle)
    {
        using var directory = NativeFile.Open(bundle, Libc.PathOnly);
        var socket = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);
        try
        {
            // sun_path holds 108 bytes; by way of the directory's descriptor they are always enough.
            socket.Connect(new UnixDomainSocketEndPoint($"/proc/self/fd/{directory.Descriptor}/attach"));
            return socket;
        }
        catch (SocketException fault)
        {
            socket.Dispose();
            throw new IOException($"cannot connect to conmon in {bundle}: {fault.Message}", fault);
        }
    }
}
