using CriAttach.AdminApi;
using CriAttach.Testing.Attach;
using CriAttach.Testing.Processes;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Conformance.Tests.WebSocket;

/// <summary>Clients give a session up when no pong comes, so pings are answered whatever the container does.</summary>
public sealed class PingTests(ConformanceCluster cluster) : ConformanceTest(cluster)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly byte[] Payload = [.. Enumerable.Range(1, 125).Select(value => (byte)value)];

    [Theory]
    [MemberData(nameof(Protocols.All), MemberType = typeof(Protocols))]
    public async Task Case25_Ping_GetsTheSamePayloadBack(string protocol)
    {
        var client = await AttachAsync(await EchoAsync(), protocol);
        await client.PingAsync(Payload, Soon);
        await client.PingAsync([], Soon);
    }

    [Theory]
    [InlineData("v5.channel.k8s.io")]
    [InlineData("v4.channel.k8s.io")]
    [InlineData("v4.base64.channel.k8s.io")]
    [InlineData("")]
    public async Task Case25_ContainerThatDoesNotRead_PongComesWithinASecond(string protocol)
    {
        var client = await AttachAsync(await RunAsync(["sleep", "1000"]), protocol);

        // Below what a session may hold back; past that the socket is not read, and pongs come unasked.
        var block = new byte[50 * 1024];
        for (var i = 0; i < 18; i++)
        {
            await client.InputAsync(block);
        }

        await client.PingAsync(Payload, Soon);
    }

    [Fact]
    public async Task Case25_InputBeyondTheSessionsBuffer_PongsComeUnasked()
    {
        var container = await RunAsync(["sleep", "1000"]);
        await using var client = await container.AttachAsync(StreamProtocol.V5);
        using CancellationTokenSource stop = new();
        var flood = FloodAsync(client, stop.Token);
        await client.PongAsync(TimeSpan.FromSeconds(20));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flood);
    }

    [Theory]
    [InlineData("v5.channel.k8s.io")]
    [InlineData("v4.base64.channel.k8s.io")]
    public async Task Case25_OutputThatFloods_PongComesWithinASecond(string protocol)
    {
        long received = 0;
        AttachClientOptions options = new() { Sink = (_, bytes) => Interlocked.Add(ref received, bytes.Length) };
        var client = await AttachAsync(await RunAsync(["cat", "/dev/zero"]), Protocols.Of(protocol), options: options);
        for (byte round = 1; round <= 5; round++)
        {
            var due = round * 1_000_000L;
            await Until.TrueAsync(() => Interlocked.Read(ref received) > due, TimeSpan.FromSeconds(20), $"{due} bytes have come");
            await client.PingAsync([round, .. Payload.AsSpan(1)], Soon);
        }
    }

    [Fact]
    public async Task Case25_FloodAndContainerThatDoesNotReadAtOnce_PongComesWithinASecond()
    {
        AttachClientOptions options = new() { Sink = (_, _) => { } };
        var client = await AttachAsync(await RunAsync(["cat", "/dev/zero"], new CreateContainerBody { Stdin = true }), StreamProtocol.V5, options: options);
        await client.InputAsync(new byte[900 * 1024]);
        await client.PingAsync(Payload, Soon);
    }

    private static async Task FloodAsync(AttachClient client, CancellationToken cancellationToken)
    {
        var frame = RawWebSocket.Frame(WebSocketOpcode.Binary, new byte[64 * 1024]);
        while (true)
        {
            await client.SendRawAsync(frame, cancellationToken);
        }
    }
}
