using System.Text;
using CriAttach.Testing.Attach;
using CriAttach.Testing.PortForward;
using CriAttach.Transports.Dialing;
using CriAttach.Transports.Spdy;
using CriAttach.Wire.Channels;
using CriAttach.Wire.Spdy;

namespace CriAttach.Gateway.Tests.Streaming.Relay;

/// <summary>The relay over real sockets, between a client and a runtime that the test plays.</summary>
public sealed class RelayTests(RelayGateway gateway) : IClassFixture<RelayGateway>, IDisposable
{
    private const string ExitThree =
        """{"metadata":{},"status":"Failure","message":"exit 3","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"3"}]}, "x":1}""";

    private readonly FakeRuntime _runtime = new();

    [Theory]
    [InlineData("404 Not Found", 404, "404 page not found\n")]
    [InlineData("500 Oops", 500, "no such container")]
    public async Task RuntimeRefuses_ClientSeesItsStatusAndWords(string answer, int status, string body)
    {
        var refusing = _runtime.RefuseAsync(answer, body);
        var spdy = await Assert.ThrowsAsync<UpgradeRefusedException>(() => SpdyAttachClient.OpenAsync(gateway.Exec(_runtime.Url), ["error"]));
        Assert.Equal((status, body.Trim()), (spdy.StatusCode, spdy.Body.Trim()));
        await refusing;

        refusing = _runtime.RefuseAsync(answer, body);
        var socket = await Assert.ThrowsAsync<WebSocketRefusedException>(() => AttachClient.OpenAsync(gateway.Exec(_runtime.Url), StreamProtocol.V5));
        Assert.Equal(status, socket.Answer.StatusCode);
        await refusing;
    }

    [Fact]
    public async Task RuntimeIsGone_BadGatewayAndNoWordOfItsToken()
    {
        var url = _runtime.Url;
        _runtime.Dispose();
        var fault = await Assert.ThrowsAsync<UpgradeRefusedException>(() => SpdyAttachClient.OpenAsync(gateway.Exec(url), ["error"]));
        Assert.Equal(502, fault.StatusCode);
        Assert.DoesNotContain("secret", fault.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientsRequestIsRefused_RuntimeIsNotDialled()
    {
        await Assert.ThrowsAsync<WebSocketRefusedException>(() => RawWebSocket.OpenAsync(gateway.Exec(_runtime.Url), "v9.channel.k8s.io"));
        await Assert.ThrowsAsync<WebSocketRefusedException>(() => RawWebSocket.OpenAsync(gateway.PortForward(_runtime.Url), "v5.channel.k8s.io"));
        await Assert.ThrowsAsync<UpgradeRefusedException>(() => SpdyAttachClient.OpenAsync(gateway.PortForward(_runtime.Url), ["error"]));
        Assert.False(_runtime.IsDialled);
    }

    [Theory]
    [InlineData("v5.channel.k8s.io", ExitThree)]
    [InlineData("v4.base64.channel.k8s.io", ExitThree)]
    [InlineData("v3.channel.k8s.io", "exit 3")]
    [InlineData("", "exit 3")]
    public async Task Status_PassesUnchangedOrAsItsWords(string protocol, string expected)
    {
        var (client, connection, streams) = await OpenAsync(protocol);
        await using (client)
        await using (connection)
        {
            await streams["stdout"].WriteAsync("out"u8.ToArray());
            await streams["error"].WriteAsync(Encoding.UTF8.GetBytes(ExitThree));
            await EndAsync(connection, streams);
            var end = await client.EndAsync();
            Assert.Equal((1000, expected, "out"), ((int)end.CloseCode!, end.Status, client.Stdout.ToString()));
        }
    }

    [Fact]
    public async Task Status_ThatIsNoJson_PassesAsItIs()
    {
        var (client, connection, streams) = await OpenAsync("v4.channel.k8s.io");
        await using (client)
        await using (connection)
        {
            await streams["error"].WriteAsync("no json"u8.ToArray());
            await EndAsync(connection, streams);
            Assert.Equal("no json", (await client.EndAsync()).Status);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RuntimeBreaksOff_IsAFailureNeverASuccess(bool saysGoodbye)
    {
        var (client, connection, streams) = await OpenAsync("v5.channel.k8s.io");
        await using (client)
        {
            await streams["stdout"].WriteAsync("half"u8.ToArray());
            await client.Stdout.ContainsAsync("half");
            if (saysGoodbye)
            {
                await connection.GoAwayAsync(SpdyGoAwayStatus.Ok);
            }

            await connection.DisposeAsync();
            var end = await client.EndAsync();
            Assert.Contains("the runtime's connection ended before the command", end.Status, StringComparison.Ordinal);
            Assert.Equal((ushort?)1000, end.CloseCode);
        }
    }

    [Fact]
    public async Task InputAndItsEnd_ReachTheRuntime_AndResizesOnlyWithATerminal()
    {
        var (client, connection, streams) = await OpenAsync("v5.channel.k8s.io");
        await using (client)
        await using (connection)
        {
            await client.ResizeAsync(80, 24);
            await client.InputAsync("abc");
            await client.EndInputAsync();
            Assert.Equal("abc", await ReadAsync(streams["stdin"]));
            Assert.Equal(SpdyStreamEnd.Finished, streams["stdin"].End);
            Assert.Equal(["error", "stdin", "stdout", "stderr"], streams.Keys);
        }
    }

    [Fact]
    public async Task ClientReadsNothing_ItsInputStillArrives()
    {
        var runtime = _runtime.AcceptAsync();
        using var client = await RawWebSocket.OpenAsync(gateway.Exec(_runtime.Url), "v4.channel.k8s.io");
        await using var connection = await runtime;
        var streams = await FakeRuntime.StreamsAsync(connection, 4);
        var flood = FloodAsync(streams["stdout"]);
        await client.SendAsync(Wire.WebSocket.WebSocketOpcode.Binary, [0, .. "typed"u8]);
        var read = await streams["stdin"].Input.ReadAtLeastAsync(5).AsTask().WaitAsync(RelayGateway.Patience);
        Assert.Equal("typed", Encoding.ASCII.GetString(read.Buffer));
        Assert.False(flood.IsCompleted);
    }

    [Fact]
    public async Task GatewayStops_ClientIsTold()
    {
        var stopping = new RelayGateway();
        await stopping.InitializeAsync();
        var runtime = _runtime.AcceptAsync();
        await using var client = await AttachClient.OpenAsync(stopping.Exec(_runtime.Url), StreamProtocol.V4);
        await using var connection = await runtime;
        await FakeRuntime.StreamsAsync(connection, 4);
        await stopping.DisposeAsync();
        Assert.Contains("the gateway is shutting down", (await client.EndAsync()).Status, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PortForward_HeadersOrderHalfCloseAndResetPass(bool tunnel)
    {
        var runtime = _runtime.AcceptAsync("portforward.k8s.io");
        await using var client = await ForwardingClient.OpenAsync(gateway.PortForward(_runtime.Url), tunnel);
        await using var connection = await runtime;
        var forwarded = await client.ConnectAsync(4711);
        var streams = await FakeRuntime.StreamsAsync(connection, 2);
        Assert.Equal(["error", "data"], streams.Keys);
        Assert.Equal(("4711", "1"), (streams["data"].Headers["port"], streams["data"].Headers["requestid"]));
        Assert.Equal("", await ReadAsync(streams["error"]));

        await forwarded.SendAsync("to the pod"u8.ToArray());
        await forwarded.FinishAsync();
        Assert.Equal("to the pod", await ReadAsync(streams["data"]));
        await streams["data"].WriteAsync("from the pod"u8.ToArray());
        await streams["data"].ResetAsync(SpdyStatus.Cancel);
        await streams["error"].FinishAsync();
        Assert.Equal("from the pod", Encoding.ASCII.GetString(await forwarded.ReadAllAsync()));
        Assert.Equal(SpdyStreamEnd.Reset, forwarded.End);
        Assert.Equal("", await forwarded.ErrorAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PortForward_EitherSideLeaves_TheOtherIsTold(bool runtimeLeaves)
    {
        var runtime = _runtime.AcceptAsync("portforward.k8s.io");
        var client = await ForwardingClient.OpenAsync(gateway.PortForward(_runtime.Url), tunnel: false);
        var connection = await runtime;
        var forwarded = await client.ConnectAsync(1);
        await forwarded.SendAsync("x"u8.ToArray());
        if (runtimeLeaves)
        {
            await connection.DisposeAsync();
            Assert.Equal(SpdyEndCause.WentAway, (await client.Ended.WaitAsync(RelayGateway.Patience)).Cause);
            await client.DisposeAsync();
        }
        else
        {
            await client.DisposeAsync();
            Assert.Equal(SpdyEndCause.WentAway, (await connection.Completion.WaitAsync(RelayGateway.Patience)).Cause);
            await connection.DisposeAsync();
        }
    }

    public void Dispose() => _runtime.Dispose();

    private static async Task<string> ReadAsync(SpdyStream stream)
    {
        while (true)
        {
            var result = await stream.Input.ReadAsync().AsTask().WaitAsync(RelayGateway.Patience);
            if (result.IsCompleted)
            {
                return Encoding.ASCII.GetString(result.Buffer);
            }

            stream.Input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static async Task FloodAsync(SpdyStream stream)
    {
        var block = new byte[64 * 1024];
        try
        {
            for (var sent = 0; sent < 1024; sent++)
            {
                await stream.WriteAsync(block);
            }
        }
        catch (IOException)
        {
            // The test is over.
        }
    }

    // As the library ends a session.
    private static async Task EndAsync(SpdyConnection connection, Dictionary<string, SpdyStream> streams)
    {
        foreach (var stream in streams.Values)
        {
            await stream.ResetAsync(SpdyStatus.Cancel);
        }

        await connection.GoAwayAsync(SpdyGoAwayStatus.Ok);
    }

    private async Task<(AttachClient Client, SpdyConnection Runtime, Dictionary<string, SpdyStream> Streams)> OpenAsync(string protocol)
    {
        Assert.True(StreamProtocol.TryParse(protocol, out var parsed));
        var runtime = _runtime.AcceptAsync();
        var client = await AttachClient.OpenAsync(gateway.Exec(_runtime.Url), parsed);
        var connection = await runtime;
        return (client, connection, await FakeRuntime.StreamsAsync(connection, 4));
    }
}
