using System.Buffers.Binary;
using System.Text;
using CriAttach.Conformance.Tests.Gateways;
using CriAttach.Conformance.Tests.Peers;
using CriAttach.Interfaces.Stdio;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Conformance.Tests;

/// <summary>PROTOCOL.md section 8, WebSocket.</summary>
public sealed class WebSocketTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private static readonly TimeSpan Patience = GatewayFixture.Patience;

    [Theory]
    [InlineData("v4.channel.k8s.io", true, true, WebSocketOpcode.Binary, new byte[] { 1 })]
    [InlineData("v4.channel.k8s.io", false, true, WebSocketOpcode.Binary, new byte[] { 2 })]
    [InlineData("v4.channel.k8s.io", false, false, WebSocketOpcode.Binary, new byte[] { 3 })]
    [InlineData("v4.base64.channel.k8s.io", true, true, WebSocketOpcode.Text, new[] { (byte)'1' })]
    public async Task Case17_FirstMessage_NamesTheLowestWritableChannel(string protocol, bool stdout, bool stderr, WebSocketOpcode opcode, byte[] payload)
    {
        using var socket = await RawWebSocket.OpenAsync(await gateway.UrlAsync(gateway.Run(), true, stdout, stderr), protocol);
        var first = await socket.ReadAsync();
        Assert.Equal(opcode, first!.Opcode);
        Assert.Equal(payload, first.Payload);
    }

    [Theory]
    [InlineData(WebSocketOpcode.Binary)]
    [InlineData(WebSocketOpcode.Text)]
    public async Task Case18_Stdin_ReachesTheContainerWhateverTheOpcode(WebSocketOpcode opcode)
    {
        var container = gateway.Run();
        using var socket = await gateway.AttachAsync(container);
        await socket.SendAsync("\0abc"u8, opcode);
        Assert.Equal("abc", await StdinAsync(container, 3));
    }

    [Fact]
    public async Task Case19_Base64_BadAndUnknownMessagesDropped()
    {
        var container = gateway.Run();
        using var socket = await gateway.AttachAsync(container, "v4.base64.channel.k8s.io");
        await socket.SendAsync("0!!!!"u8, WebSocketOpcode.Text);
        await socket.SendAsync("9YWJj"u8, WebSocketOpcode.Text);
        await socket.SendAsync("0YWJj"u8, WebSocketOpcode.Text);
        Assert.Equal("abc", await StdinAsync(container, 3));
        container.Output.Append(StdioStream.Stdout, "out"u8);
        var frame = await socket.ReadAsync(WebSocketOpcode.Text);
        Assert.Equal("1b3V0", frame.Text);
    }

    [Fact]
    public async Task Case20_StrangeChannels_IgnoredAndSessionLives()
    {
        var container = gateway.Run();
        using var socket = await gateway.AttachAsync(container);
        await socket.SendAsync([7, 1, 2]);
        await socket.SendAsync([1, 1]);
        await socket.SendAsync([2, 1]);
        await socket.SendAsync([3, 1]);
        await socket.SendAsync([]);
        await socket.SendAsync("\0x"u8);
        Assert.Equal("x", await StdinAsync(container, 1));
    }

    [Fact]
    public async Task Case21_V5CloseOfStdin_EofAndOutputGoesOn()
    {
        var container = gateway.Run(stdinOnce: true);
        using var socket = await gateway.AttachAsync(container, "v5.channel.k8s.io");
        await socket.SendAsync("\0last"u8);
        await socket.SendAsync([255, 0]);
        await socket.SendAsync([255, 0]);
        Assert.Equal("last", await StdinAsync(container, 4));
        await container.StdinClosed.WaitAsync(Patience);
        container.Output.Append(StdioStream.Stdout, "still"u8);
        Assert.Equal("still", await socket.ReadTextAsync(StdioChannel.Stdout, 5));
    }

    [Theory]
    [InlineData(new byte[] { 255 })]
    [InlineData(new byte[] { 255, 0, 0 })]
    [InlineData(new byte[] { 255, 9 })]
    public async Task Case21_V5BadCloseSignal_SessionEndsWithCloseFrame(byte[] signal)
    {
        using var socket = await gateway.AttachAsync(gateway.Run(), "v5.channel.k8s.io");
        await socket.SendAsync(signal);
        Assert.Equal(1000, (await socket.ReadAsync(WebSocketOpcode.Close)).CloseCode);
    }

    [Fact]
    public async Task Case21_V4CloseSignal_Ignored()
    {
        var container = gateway.Run(stdinOnce: true);
        using var socket = await gateway.AttachAsync(container);
        await socket.SendAsync([255, 0]);
        await socket.SendAsync("\0on"u8);
        Assert.Equal("on", await StdinAsync(container, 2));
        Assert.False(container.StdinClosed.IsCompleted);
    }

    [Fact]
    public async Task Case22_Fragments_EachWithItsChannel()
    {
        var container = gateway.Run();
        using var socket = await gateway.AttachAsync(container);
        await socket.SendAsync("\0AB"u8, final: false);
        await socket.SendAsync("\0CD"u8, WebSocketOpcode.Continuation);
        Assert.Equal("ABCD", await StdinAsync(container, 4));
    }

    [Fact]
    public async Task Case23_FrameOf20MiB_Accepted()
    {
        var container = gateway.Run();
        using var socket = await gateway.AttachAsync(container);
        var length = 20 * 1024 * 1024;
        var sending = socket.SendAsync(new byte[length + 1]);
        Assert.Equal(length, (await StdinAsync(container, length)).Length);
        await sending;
    }

    [Theory]
    [InlineData((32L * 1024 * 1024) + 2)]
    [InlineData(long.MinValue)]
    public async Task Case23_FrameTooLong_SessionCloses(long length)
    {
        using var socket = await gateway.AttachAsync(gateway.Run());
        var header = new byte[14];
        header[0] = 0x82;
        header[1] = 0xFF;
        BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(2), length);
        await socket.SendRawAsync(header);
        Assert.NotNull(await socket.ReadAsync(WebSocketOpcode.Close));
    }

    [Fact]
    public async Task Case24_UnmaskedFrame_Close1002()
    {
        using var socket = await gateway.AttachAsync(gateway.Run());
        await socket.SendAsync("\0x"u8, masked: false);
        Assert.Equal(1002, (await socket.ReadAsync(WebSocketOpcode.Close)).CloseCode);
    }

    [Fact]
    public async Task Case24_ReservedOpcode_Close1002()
    {
        using var socket = await gateway.AttachAsync(gateway.Run());
        await socket.SendAsync("\0x"u8, (WebSocketOpcode)3);
        Assert.Equal(1002, (await socket.ReadAsync(WebSocketOpcode.Close)).CloseCode);
    }

    [Fact]
    public async Task Case25_PingWhileStdinIsBlocked_IdenticalPong()
    {
        var container = gateway.Run();
        container.InputGate = new TaskCompletionSource().Task;
        using var socket = await gateway.AttachAsync(container);
        await socket.SendAsync(new byte[200_000]);
        var payload = Enumerable.Range(0, 125).Select(n => (byte)n).ToArray();
        await socket.SendAsync(payload, WebSocketOpcode.Ping);
        Assert.Equal(payload, (await socket.ReadAsync(WebSocketOpcode.Pong).WaitAsync(TimeSpan.FromSeconds(1))).Payload);
    }

    [Fact]
    public async Task Case25_PingWhileStdoutFloods_IdenticalPong()
    {
        var container = gateway.Run();
        using var stop = new CancellationTokenSource();
        var flood = FloodAsync(container, stop.Token);
        using var socket = await gateway.AttachAsync(container);
        var payload = Encoding.ASCII.GetBytes(new string('p', 125));
        await socket.SendAsync(payload, WebSocketOpcode.Ping);
        Assert.Equal(payload, (await socket.ReadAsync(WebSocketOpcode.Pong).WaitAsync(TimeSpan.FromSeconds(1))).Payload);
        await stop.CancelAsync();
        socket.Dispose();
        await flood;
    }

    [Fact]
    public async Task Case26_Resizes_AppliedInOrderAndBadOnesDropped()
    {
        var container = gateway.Run(tty: true);
        using var socket = await gateway.AttachAsync(container);
        await socket.SendAsync("\u0004{\"Width\":-1,\"Height\":2}"u8);
        await socket.SendAsync("\u0004garbage"u8);
        await socket.SendAsync("\u0004{\"Width\":70000,\"Height\":1}"u8);
        await socket.SendAsync("\u0004{\"Width\":0,\"Height\":5}"u8);
        await socket.SendAsync("\u0004{\"Width\":80,\"Height\":24}"u8);
        await socket.SendAsync("\u0004{\"height\":25,\"width\":81}"u8);
        await socket.SendAsync("\u0004{\"Width\":82,\"Height\":26}{\"Width\":83,"u8);
        await socket.SendAsync("\u0004\"Height\":27}"u8);
        await socket.SendAsync("\0x"u8);
        Assert.Equal("x", await StdinAsync(container, 1));
        await EventuallyAsync(() => container.Sizes.Count == 4);
        Assert.Equal(
            ["80x24", "81x25", "82x26", "83x27"],
            container.Sizes.Select(size => $"{size.Width}x{size.Height}"));
    }

    [Theory]
    [InlineData("v5.channel.k8s.io", 0)]
    [InlineData("v4.channel.k8s.io", 3)]
    public async Task Case27_Exit_SuccessThenClose1000(string protocol, int code)
    {
        var container = gateway.Run();
        using var socket = await gateway.AttachAsync(container, protocol);
        container.Output.Append(StdioStream.Stdout, "bye"u8);
        container.Exit(code);
        Assert.Equal("bye", await socket.ReadTextAsync(StdioChannel.Stdout, 3));
        var status = await socket.ReadAsync();
        Assert.Equal(3, status!.Payload[0]);
        Assert.Equal("{\"metadata\":{},\"status\":\"Success\"}", status.Text[1..]);
        Assert.Equal(1000, (await socket.ReadAsync())!.CloseCode);
    }

    [Fact]
    public async Task Case27_LegacyExit_NothingOnStatusThenClose1000()
    {
        var container = gateway.Run();
        using var socket = await gateway.AttachAsync(container, "channel.k8s.io");
        container.Exit(3);
        var last = await socket.ReadAsync();
        Assert.Equal(WebSocketOpcode.Close, last!.Opcode);
        Assert.Equal(1000, last.CloseCode);
    }

    [Fact]
    public async Task Case29_SlowReader_GetsEveryByteAndTheStatus()
    {
        const int Total = 2_000_000;
        var container = gateway.Run();
        using var socket = await gateway.AttachAsync(container);
        var data = new byte[Total];
        new Random(29).NextBytes(data);
        var writing = WriteAsync(container, data);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        var seen = new List<byte>();
        while (seen.Count < Total)
        {
            await pace.WaitForNextTickAsync();
            var frame = await socket.ReadAsync(WebSocketOpcode.Binary);
            Assert.True(frame.Payload[0] == 1, $"after {seen.Count} bytes: {frame.Text}");
            seen.AddRange(frame.Payload.AsSpan(1));
            await socket.SendAsync([], WebSocketOpcode.Ping);
        }

        await writing;
        Assert.Equal(data, seen.ToArray());
        Assert.Equal(3, (await socket.ReadAsync(WebSocketOpcode.Binary)).Payload[0]);
        Assert.Equal(1000, (await socket.ReadAsync(WebSocketOpcode.Close)).CloseCode);
        await socket.SendAsync([0x03, 0xE8], WebSocketOpcode.Close);
        Assert.Null(await socket.ReadAsync());
    }

    [Fact]
    public async Task Case30_ClientDropsTcp_StdinEndsAndOthersGoOn()
    {
        var container = gateway.Run(stdinOnce: true);
        using var other = await gateway.AttachAsync(container, stdin: false);
        using (var socket = await gateway.AttachAsync(container))
        {
            await socket.SendAsync("\0x"u8);
            Assert.Equal("x", await StdinAsync(container, 1));
            socket.Socket.LingerState = new System.Net.Sockets.LingerOption(enable: true, seconds: 0);
        }

        await container.StdinClosed.WaitAsync(Patience);
        container.Output.Append(StdioStream.Stdout, "on"u8);
        Assert.Equal("on", await other.ReadTextAsync(StdioChannel.Stdout, 2));
    }

    [Fact]
    public async Task ExitStatusAsked_NonZeroExitCodeTold()
    {
        var container = gateway.Run();
        using var response = await gateway.Admin.PostAsync(
            $"/api/v1/containers/{container.Info.Key.ContainerId}/attach",
            new StringContent("{\"stdout\":true,\"exitStatus\":true}", Encoding.UTF8, "application/json"));
        var answer = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        using var socket = await RawWebSocket.OpenAsync(new Uri(answer.RootElement.GetProperty("url").GetString()!), "v5.channel.k8s.io");
        container.Exit(3);
        await socket.ReadAsync();
        var status = await socket.ReadAsync();
        Assert.Contains("{\"reason\":\"ExitCode\",\"message\":\"3\"}", status!.Text, StringComparison.Ordinal);
    }

    private static async Task<string> StdinAsync(CriAttach.Cluster.Tests.Nodes.ScriptedContainer container, int length)
    {
        using var patience = new CancellationTokenSource(Patience);
        var text = new StringBuilder();
        while (text.Length < length)
        {
            text.Append(Encoding.Latin1.GetString(await container.Stdin.ReadAsync(patience.Token)));
        }

        return text.ToString();
    }

    private static async Task WriteAsync(CriAttach.Cluster.Tests.Nodes.ScriptedContainer container, byte[] data)
    {
        await Task.Yield();
        foreach (var piece in data.Chunk(8192))
        {
            await container.Output.WaitForRoomAsync(default);
            container.Output.Append(StdioStream.Stdout, piece);
        }

        container.Exit(0);
    }

    private static async Task FloodAsync(CriAttach.Cluster.Tests.Nodes.ScriptedContainer container, CancellationToken stop)
    {
        await Task.Yield();
        var piece = new byte[8192];
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await container.Output.WaitForRoomAsync(stop);
                container.Output.Append(StdioStream.Stdout, piece);
            }
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }
    }

    private static async Task EventuallyAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!condition())
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }
}
