using System.Text;
using CriAttach.Cli.Streaming;
using CriAttach.Cli.Tests.Fakes;
using CriAttach.Wire;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Cli.Tests.Streaming;

public sealed class AttachSessionTests
{
    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Output_ComesWholeAndInOrder(int pieceLength)
    {
        await using var session = await FakeSession.OpenAsync(pieceLength);
        var all = Enumerable.Range(0, 70_000).Select(i => (byte)i).ToArray();
        var sending = SendAsync();

        var (stdout, stderr) = (new List<byte>(), new List<byte>());
        while (await session.Client.ReadAsync() is { } piece)
        {
            (piece.Channel == StdioChannel.Stderr ? stderr : stdout).AddRange(piece.Payload.Span);
        }

        await sending;
        Assert.Equal([.. all, 0, 1], stdout);
        Assert.Equal("oops", Encoding.UTF8.GetString([.. stderr]));
        Assert.Equal(new AttachEnd(AttachEndKind.Exited), session.Client.End);

        async Task SendAsync()
        {
            await session.Gateway.SendAsync(StdioChannel.Stdout, []);
            await session.Gateway.SendAsync(StdioChannel.Stdout, all);
            await session.Gateway.SendAsync(StdioChannel.Stderr, "oops");
            await session.Gateway.SendAsync(StdioChannel.Stdout, [0, 1]);
            await session.Gateway.EndAsync(SessionStatus.Success);
        }
    }

    [Fact]
    public async Task FirstFrameBehindTheHandshake_NotLost()
    {
        var (client, server) = DuplexStream.Pair();
        var gateway = new FakePeer(server);
        var accepted = gateway.AcceptAsync(behind: gateway.Message(StdioChannel.Stdout, "early"u8.ToArray()));
        await using var session = await AttachSession.OpenAsync(client, FakeSession.Url, new());
        await accepted;

        var piece = await session.ReadAsync();

        Assert.Equal("early", Encoding.UTF8.GetString(piece!.Value.Payload.Span));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(42)]
    [InlineData(255)]
    public async Task NonZeroExitCode_Told(int exitCode)
    {
        await using var session = await FakeSession.OpenAsync();
        await session.Gateway.EndAsync(SessionStatus.NonZeroExitCode(exitCode));

        var end = await session.DrainAsync();

        Assert.Equal(AttachEndKind.Exited, end.Kind);
        Assert.Equal(exitCode, end.ExitCode);
    }

    [Fact]
    public async Task CloseFrame_Answered()
    {
        await using var session = await FakeSession.OpenAsync();
        await session.Gateway.EndAsync(SessionStatus.Success);
        await session.DrainAsync();

        var answer = await session.Gateway.ReceiveAsync();

        Assert.Equal(WebSocketOpcode.Close, answer?.Opcode);
        Assert.Equal([0x03, 0xE8], answer?.Payload);
    }

    [Fact]
    public async Task FailureStatus_MessageTold()
    {
        await using var session = await FakeSession.OpenAsync();
        await session.Gateway.EndAsync(SessionStatus.InternalError("the node is gone"));

        var end = await session.DrainAsync();

        Assert.Equal(AttachEndKind.Failed, end.Kind);
        Assert.Contains("the node is gone", end.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000, AttachEndKind.Failed)]
    [InlineData(1001, AttachEndKind.ConnectionLost)]
    [InlineData(1011, AttachEndKind.Failed)]
    public async Task CloseWithoutStatus_NoGoodEnd(ushort code, object kind)
    {
        await using var session = await FakeSession.OpenAsync();
        await session.Gateway.SendCloseAsync(code, "because");

        var end = await session.DrainAsync();

        Assert.Equal(kind, end.Kind);
        Assert.Contains("because", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectionCut_Lost()
    {
        await using var session = await FakeSession.OpenAsync();
        await session.Gateway.HangUpAsync();

        Assert.Equal(AttachEndKind.ConnectionLost, (await session.DrainAsync()).Kind);
    }

    [Fact]
    public async Task ConnectionCutBehindTheStatus_StatusHolds()
    {
        await using var session = await FakeSession.OpenAsync();
        await session.Gateway.SendStatusAsync(SessionStatus.NonZeroExitCode(7));
        await session.Gateway.HangUpAsync();

        Assert.Equal(new AttachEnd(AttachEndKind.Exited, ExitCode: 7), await session.DrainAsync());
    }

    [Fact]
    public async Task MaskedServerFrame_ProtocolFault()
    {
        await using var session = await FakeSession.OpenAsync();
        await session.Gateway.WriteAsync([0x82, 0x81, 1, 2, 3, 4, 0]);

        Assert.Equal(AttachEndKind.ProtocolFault, (await session.DrainAsync()).Kind);
    }

    [Fact]
    public async Task StatusThatIsNone_ProtocolFault()
    {
        await using var session = await FakeSession.OpenAsync();
        await session.Gateway.SendAsync(StdioChannel.Status, "fine, thanks");
        await session.Gateway.SendCloseAsync();

        Assert.Equal(AttachEndKind.ProtocolFault, (await session.DrainAsync()).Kind);
    }

    [Fact]
    public async Task Stdin_SentInBoundedMessages()
    {
        await using var session = await FakeSession.OpenAsync();
        var all = Enumerable.Range(0, 100_000).Select(i => (byte)(i * 31)).ToArray();
        var sending = session.Client.SendStdinAsync(all).AsTask();

        var got = new List<byte>();
        while (got.Count < all.Length)
        {
            var message = await session.Gateway.ExpectAsync(StdioChannel.Stdin);
            Assert.InRange(message.Content.Length, 1, 32 * 1024);
            got.AddRange(message.Content);
        }

        Assert.True(await sending);
        Assert.Equal(all, got);
    }

    [Fact]
    public async Task StdinClosed_SignalSentAndOutputGoesOn()
    {
        await using var session = await FakeSession.OpenAsync();
        Assert.True(await session.Client.CloseStdinAsync());
        var signal = await session.Gateway.ReceiveAsync();
        Assert.Equal([0xFF, 0x00], signal?.Payload);

        await session.Gateway.SendAsync(StdioChannel.Stdout, "still here");
        var piece = await session.Client.ReadAsync();

        Assert.Equal("still here", Encoding.UTF8.GetString(piece!.Value.Payload.Span));
    }

    [Fact]
    public async Task Resize_SentAsJson()
    {
        await using var session = await FakeSession.OpenAsync();
        await session.Client.ResizeAsync(new WindowSize(120, 40));

        var message = await session.Gateway.ExpectAsync(StdioChannel.Resize);

        Assert.Equal("{\"Width\":120,\"Height\":40}\n", message.Text);
    }

    [Fact]
    public async Task Ping_AnsweredWithItsPayload()
    {
        await using var session = await FakeSession.OpenAsync();
        var reading = session.Client.ReadAsync().AsTask();
        await session.Gateway.SendControlAsync(WebSocketOpcode.Ping, [1, 2, 3]);

        var pong = await session.Gateway.ReceiveAsync();

        Assert.Equal(WebSocketOpcode.Pong, pong?.Opcode);
        Assert.Equal([1, 2, 3], pong?.Payload);
        await session.Gateway.HangUpAsync();
        await reading;
    }

    [Fact]
    public async Task PingWhileInputIsStuck_OutputStillComes()
    {
        await using var session = await FakeSession.OpenAsync();
        var stuck = session.Client.SendStdinAsync(new byte[1024 * 1024]).AsTask();
        await session.Gateway.SendControlAsync(WebSocketOpcode.Ping, [1]);
        await session.Gateway.SendControlAsync(WebSocketOpcode.Ping, [2]);
        await session.Gateway.SendAsync(StdioChannel.Stdout, "flowing");

        var piece = await session.Client.ReadAsync();

        Assert.Equal("flowing", Encoding.UTF8.GetString(piece!.Value.Payload.Span));
        Assert.False(stuck.IsCompleted);
        await session.Gateway.HangUpAsync();
        Assert.False(await stuck);
    }

    [Fact]
    public async Task Quiet_GatewayIsPinged()
    {
        var clock = new FakeTimeProvider();
        await using var session = await FakeSession.OpenAsync(options: new() { Clock = clock });
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(WebSocketOpcode.Ping, (await session.Gateway.ReceiveAsync())?.Opcode);
    }

    [Fact]
    public async Task SilentForTheLimit_ConnectionLost()
    {
        var clock = new FakeTimeProvider();
        await using var session = await FakeSession.OpenAsync(options: new() { Clock = clock });
        var ended = session.DrainAsync();
        for (var passed = 0; passed < 60; passed += 5)
        {
            clock.Advance(TimeSpan.FromSeconds(5));
        }

        var end = await ended;

        Assert.Equal(AttachEndKind.ConnectionLost, end.Kind);
        Assert.Contains("silent for 60 s", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PongsOnly_ConnectionHolds()
    {
        var clock = new FakeTimeProvider();
        await using var session = await FakeSession.OpenAsync(options: new() { Clock = clock });
        for (var passed = 0; passed < 120; passed += 5)
        {
            var reading = session.Client.ReadAsync().AsTask();
            clock.Advance(TimeSpan.FromSeconds(5));
            await session.Gateway.SendControlAsync(WebSocketOpcode.Pong, []);
            await session.Gateway.SendAsync(StdioChannel.Stdout, ".");
            Assert.NotNull(await reading);
        }

        Assert.Null(session.Client.End);
    }

    [Fact]
    public async Task Detach_CloseSentAndEndIsDetached()
    {
        await using var session = await FakeSession.OpenAsync();
        var ended = session.DrainAsync();
        await session.Client.DetachAsync();
        var close = await session.Gateway.ReceiveAsync();
        await session.Gateway.SendCloseAsync();

        Assert.Equal(WebSocketOpcode.Close, close?.Opcode);
        Assert.Equal(AttachEndKind.Detached, (await ended).Kind);
    }

    [Fact]
    public async Task DetachFromADeafGateway_EndsByTheClock()
    {
        var clock = new FakeTimeProvider();
        await using var session = await FakeSession.OpenAsync(options: new() { Clock = clock });
        var stuck = session.Client.SendStdinAsync(new byte[1024 * 1024]).AsTask();
        var ended = session.DrainAsync();
        var leaving = session.Client.DetachAsync().AsTask();
        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(AttachEndKind.Detached, (await ended).Kind);
        await leaving;
        Assert.False(await stuck);
    }

    [Fact]
    public async Task SendAfterTheEnd_SaysFalse()
    {
        await using var session = await FakeSession.OpenAsync();
        await session.Gateway.HangUpAsync();
        await session.DrainAsync();
        await session.Client.DisposeAsync();

        Assert.False(await session.Client.SendStdinAsync(new byte[] { 1 }));
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "works once")]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 9\r\n\r\nn1 is out", "n1 is out")]
    [InlineData("HTTP/1.1 403 Forbidden\r\n\r\n", "403 Forbidden")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n", "Is it a CriAttach gateway's streaming address?")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: SPDY/3.1\r\nConnection: Upgrade\r\n\r\n", "does not speak v5.channel.k8s.io")]
    public async Task Refusal_SaysWhy(string answer, string why)
    {
        var (client, server) = DuplexStream.Pair();
        var gateway = new FakePeer(server);
        var opening = AttachSession.OpenAsync(client, FakeSession.Url, new());
        await gateway.ReadRequestAsync();
        await gateway.AnswerAsync(answer);

        var refusal = await Assert.ThrowsAsync<AttachRefusedException>(() => opening);

        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OlderProtocolChosen_Refused()
    {
        var (client, server) = DuplexStream.Pair();
        var accepting = new FakePeer(server).AcceptAsync("v4.channel.k8s.io");

        await Assert.ThrowsAsync<AttachRefusedException>(() => AttachSession.OpenAsync(client, FakeSession.Url, new()));
        await accepting;
    }
}
