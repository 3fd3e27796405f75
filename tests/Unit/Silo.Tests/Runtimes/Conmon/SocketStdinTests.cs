using System.Net.Sockets;
using CriAttach.Silo.Runtimes.Conmon;

namespace CriAttach.Silo.Tests.Runtimes.Conmon;

public sealed class SocketStdinTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Socket _silo = new(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);
    private readonly Socket _conmon;

    public SocketStdinTests()
    {
        using Socket listener = new(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);
        UnixDomainSocketEndPoint address = new(_directory["attach"]);
        listener.Bind(address);
        listener.Listen();
        _silo.Connect(address);
        _conmon = listener.Accept();
    }

    public void Dispose()
    {
        _silo.Dispose();
        _conmon.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Written_IsHandedOverWhenConmonHasReadAllOfIt()
    {
        SocketStdin stdin = new(_silo);
        Assert.True(stdin.IsHandedOver);
        await stdin.WriteAsync("a"u8.ToArray(), CancellationToken.None);
        await stdin.WriteAsync("b"u8.ToArray(), CancellationToken.None);
        Assert.False(stdin.IsHandedOver);
        var buffer = new byte[10];
        Assert.Equal(1, _conmon.Receive(buffer));
        Assert.False(stdin.IsHandedOver);
        Assert.Equal(1, _conmon.Receive(buffer));
        Assert.True(stdin.IsHandedOver);
    }

    /// <summary>Why that is asked: what was written is lost where the silo dies with output unread.</summary>
    [Fact]
    public async Task SiloDiesWithOutputUnread_ConmonHearsOfAFaultBeforeItReadsTheInput()
    {
        SocketStdin stdin = new(_silo);
        await stdin.WriteAsync("a"u8.ToArray(), CancellationToken.None);
        _conmon.Send("output"u8);
        _silo.Dispose();
        Assert.Equal(SocketError.ConnectionReset, Assert.Throws<SocketException>(() => _conmon.Receive(new byte[10])).SocketErrorCode);
    }

    /// <summary>Its socket is empty then, too.</summary>
    [Fact]
    public async Task ConmonDiesWithInputUnread_IsNotHandedOver()
    {
        SocketStdin stdin = new(_silo);
        await stdin.WriteAsync("a"u8.ToArray(), CancellationToken.None);
        _conmon.Dispose();
        Assert.False(stdin.IsHandedOver);

        // Whoever reads output hears of the fault, and then it is gone.
        Assert.Equal(SocketError.ConnectionReset, Assert.Throws<SocketException>(() => _silo.Receive(new byte[1])).SocketErrorCode);
        Assert.False(stdin.IsHandedOver);
    }

    [Fact]
    public void Closed_NothingIsHandedOver()
    {
        SocketStdin stdin = new(_silo);
        _silo.Dispose();
        Assert.False(stdin.IsHandedOver);
    }
}
