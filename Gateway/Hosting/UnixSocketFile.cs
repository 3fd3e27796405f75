using System.Net.Sockets;

namespace CriAttach.Gateway.Hosting;

/// <summary>Binds a unix socket so that nobody but the owner can ever connect, and so that a stale file is no obstacle but a live socket is.</summary>
internal static class UnixSocketFile
{
    private const int MaxPathLength = 100;

    /// <summary>Binds a socket to a path.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="IOException">Another process answers there, or the path cannot be used.</exception>
    public static Socket Bind(string path)
    {
        if (path.Length > MaxPathLength)
        {
            throw new IOException($"the path of a unix socket may have {MaxPathLength} characters: '{path}'");
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory && !Directory.Exists(directory))
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        if (File.Exists(path) && IsAlive(path))
        {
            throw new IOException($"another process answers at '{path}'");
        }

        // Bound beside its place and moved there when it is closed to others: no moment in which a stranger could connect.
        var temporary = $"{path}.{Environment.ProcessId}";
        File.Delete(temporary);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(temporary));
            File.SetUnixFileMode(temporary, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.Move(temporary, path, overwrite: true);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsAlive(string path)
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.ConnectionRefused or SocketError.AddressNotAvailable)
        {
            return false;
        }
    }
}
