using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using CriAttach.Testing.Cri;
using CriAttach.Testing.PortForward;
using CriAttach.Testing.Processes;
using CriAttach.Transports.Spdy;

namespace CriAttach.EndToEnd.Tests.Relay;

/// <summary>Port-forward through CriAttach's socket in front of containerd, to a pod on the node's network.</summary>
[Collection(RelayTestGroup.Name)]
public sealed class PortForwardTests(ContainerdNode node)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EightMiB_BothWaysAndHalfClose_ThroughBusyboxNc(bool tunnel)
    {
        var port = LoopbackPorts.Next();
        var data = RandomNumberGenerator.GetBytes(8 * 1024 * 1024);
        var container = await node.Pod.StartAsync(new CriContainerSpec { Command = ["nc", "-l", "-p", Text(port), "-e", "cat"] });
        await ListensAsync(port);
        await using var client = await ForwardingClient.OpenAsync(await node.PortForwardAsync(), tunnel);
        var connection = await client.ConnectAsync(port);
        var reading = connection.ReadAsync(data.Length);
        foreach (var piece in data.Chunk(100_000))
        {
            await connection.SendAsync(piece);
        }

        Assert.Equal(SHA256.HashData(data), SHA256.HashData(await reading));
        await connection.FinishAsync();
        Assert.Empty(await connection.ReadAllAsync());
        Assert.Equal("", await connection.ErrorAsync());
        await node.Pod.RemoveAsync(container);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RefusedPort_IsToldOnTheErrorStream_AndTheRestGoesOn(bool tunnel)
    {
        using var echo = new EchoServer();
        var refused = LoopbackPorts.Next();
        await using var client = await ForwardingClient.OpenAsync(await node.PortForwardAsync(), tunnel);
        var connection = await client.ConnectAsync(refused);
        var error = await connection.ErrorAsync();
        Assert.Contains($"error forwarding port {refused} to pod {node.Pod.Id}", error, StringComparison.Ordinal);
        Assert.Contains("refused", error, StringComparison.Ordinal);
        await EchoAsync(await client.ConnectAsync(echo.Port), 1000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SeveralPortsAndConnections_AtOnce(bool tunnel)
    {
        using var first = new EchoServer();
        using var second = new EchoServer();
        await using var client = await ForwardingClient.OpenAsync(await node.PortForwardAsync(), tunnel);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async number =>
            await EchoAsync(await client.ConnectAsync(number % 2 == 0 ? first.Port : second.Port), 200_000)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BadPort_RefusesTheStream_AndTheRestGoesOn(bool tunnel)
    {
        using var echo = new EchoServer();
        await using var client = await ForwardingClient.OpenAsync(await node.PortForwardAsync(), tunnel);
        var bad = await client.ConnectAsync("no-port");
        Assert.Empty(await bad.ReadAllAsync());
        Assert.Equal(SpdyStreamEnd.Reset, bad.End);
        await EchoAsync(await client.ConnectAsync(echo.Port), 1000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ClientLeaves_ConnectionsOfThePodEnd(bool tunnel)
    {
        using var echo = new EchoServer();
        var client = await ForwardingClient.OpenAsync(await node.PortForwardAsync(), tunnel);
        var connection = await client.ConnectAsync(echo.Port);
        await connection.SendAsync("x"u8.ToArray());
        await connection.ReadAsync(1);
        await client.DisposeAsync();
        await echo.AllClosedAsync().WaitAsync(Patience);
    }

    [Fact]
    public async Task Web_ThroughBusyboxHttpd()
    {
        var port = LoopbackPorts.Next();
        var container = await node.Pod.StartAsync(new CriContainerSpec { Command = ["httpd", "-f", "-p", Text(port), "-h", "/etc"] });
        await ListensAsync(port);
        await using var client = await ForwardingClient.OpenAsync(await node.PortForwardAsync(), tunnel: true);
        var connection = await client.ConnectAsync(port);
        await connection.SendAsync("GET /passwd HTTP/1.0\r\n\r\n"u8.ToArray());
        Assert.Contains("root:x:0:0", Encoding.ASCII.GetString(await connection.ReadAllAsync()), StringComparison.Ordinal);
        await node.Pod.RemoveAsync(container);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static async Task EchoAsync(ForwardedConnection connection, int length)
    {
        var data = RandomNumberGenerator.GetBytes(length);
        var reading = connection.ReadAsync(length);
        await connection.SendAsync(data);
        Assert.Equal(data, await reading);
        await connection.FinishAsync();
        Assert.Empty(await connection.ReadAllAsync());
        Assert.Equal("", await connection.ErrorAsync());
    }

    // Busybox's nc serves one connection, so nobody may knock: the kernel's table tells.
    private static Task ListensAsync(int port) => Until.TrueAsync(
        () => File.ReadLines("/proc/net/tcp").Concat(File.ReadLines("/proc/net/tcp6")).Any(line => line.Contains($":{port:X4} ", StringComparison.Ordinal) && line.Contains(" 0A ", StringComparison.Ordinal)),
        Patience,
        $"something listens on {port}");

    /// <summary>Sends back what comes, on any number of connections.</summary>
    private sealed class EchoServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly List<Task> _connections = [];

        public EchoServer()
        {
            _listener.Start();
            _ = AcceptAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public Task AllClosedAsync()
        {
            lock (_connections)
            {
                return Task.WhenAll(_connections);
            }
        }

        public void Dispose() => _listener.Dispose();

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    var client = await _listener.AcceptTcpClientAsync();
                    lock (_connections)
                    {
                        _connections.Add(ServeAsync(client));
                    }
                }
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        private static async Task ServeAsync(TcpClient client)
        {
            using (client)
            {
                try
                {
                    var stream = client.GetStream();
                    await stream.CopyToAsync(stream);
                }
                catch (IOException)
                {
                    // It was cut.
                }
            }
        }
    }
}
