using System.Net.Sockets;
using CriAttach.Gateway.Hosting;

namespace CriAttach.Gateway.Tests.Hosting;

public sealed class UnixSocketFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("criattach").FullName;

    private string SocketPath => Path.Combine(_directory, "s.sock");

    [Fact]
    public void Bind_OwnerOnlyAndReachable()
    {
        using var socket = UnixSocketFile.Bind(SocketPath);
        socket.Listen();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SocketPath));
        Connect();
    }

    [Fact]
    public void Bind_StaleFile_Replaced()
    {
        var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        dead.Bind(new UnixDomainSocketEndPoint(Path.Combine(_directory, "dead")));
        File.Move(Path.Combine(_directory, "dead"), SocketPath);
        dead.Dispose();
        using var socket = UnixSocketFile.Bind(SocketPath);
        socket.Listen();
        Connect();
    }

    [Fact]
    public void Bind_LiveSocket_Refused()
    {
        using var live = UnixSocketFile.Bind(SocketPath);
        live.Listen();
        Assert.Throws<IOException>(() => UnixSocketFile.Bind(SocketPath));
        Connect();
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private void Connect()
    {
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(SocketPath));
    }
}
