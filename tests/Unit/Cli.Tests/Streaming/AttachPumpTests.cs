using System.IO.Pipelines;
using System.Text;
using CriAttach.Cli.Streaming;
using CriAttach.Cli.Tests.Fakes;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Cli.Tests.Streaming;

public sealed class AttachPumpTests
{
    private static readonly byte[] CtrlPCtrlQ = [16, 17];
    private static readonly Task Never = new TaskCompletionSource().Task;

    [Fact]
    public async Task PipeEnds_SignalSentThenExitCodeTold()
    {
        await using var session = await FakeSession.OpenAsync();
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var pump = new AttachPump(session.Client, output, error, TimeProvider.System) { Input = new MemoryStream("hello"u8.ToArray()) };
        var running = pump.RunAsync(Never);

        Assert.Equal("hello", (await session.Gateway.ExpectAsync(StdioChannel.Stdin)).Text);
        Assert.Equal([0], (await session.Gateway.ExpectAsync(StdioChannel.Close)).Content);
        await session.Gateway.SendAsync(StdioChannel.Stdout, "HELLO");
        await session.Gateway.SendAsync(StdioChannel.Stderr, "bye");
        await session.Gateway.EndAsync(SessionStatus.NonZeroExitCode(3));

        Assert.Equal(new AttachEnd(AttachEndKind.Exited, ExitCode: 3), await running);
        Assert.Equal("HELLO", Encoding.UTF8.GetString(output.ToArray()));
        Assert.Equal("bye", Encoding.UTF8.GetString(error.ToArray()));
    }

    [Fact]
    public async Task DetachKeysTyped_WhatStoodBeforeIsSentAndSessionLeft()
    {
        await using var session = await FakeSession.OpenAsync();
        var keyboard = new Pipe();
        var running = Typing(session, keyboard, TimeProvider.System).RunAsync(Never);
        await keyboard.Writer.WriteAsync(new byte[] { (byte)'l', (byte)'s', 16, 17, (byte)'x' });

        Assert.Equal("ls", (await session.Gateway.ExpectAsync(StdioChannel.Stdin)).Text);
        Assert.Equal(WebSocketOpcode.Close, (await session.Gateway.ReceiveAsync())?.Opcode);
        await session.Gateway.SendCloseAsync();
        Assert.Equal(AttachEndKind.Detached, (await running).Kind);
    }

    [Fact]
    public async Task LonePrefix_SentAfterAMomentAndStillDetaches()
    {
        var clock = new FakeTimeProvider();
        await using var session = await FakeSession.OpenAsync();
        var keyboard = new Pipe();
        var running = Typing(session, keyboard, clock).RunAsync(Never);
        await keyboard.Writer.WriteAsync(new byte[] { (byte)'a', 16 });
        Assert.Equal("a", (await session.Gateway.ExpectAsync(StdioChannel.Stdin)).Text);

        // The timer is armed by the pump some time after "a" went out.
        var prefix = session.Gateway.ExpectAsync(StdioChannel.Stdin);
        while (!prefix.IsCompleted)
        {
            clock.Advance(AttachPump.PrefixPatience);
            await Task.Yield();
        }

        var sent = await prefix;
        Assert.Equal([16], sent.Content);
        await keyboard.Writer.WriteAsync(new byte[] { 17 });
        Assert.Equal(WebSocketOpcode.Close, (await session.Gateway.ReceiveAsync())?.Opcode);
        await session.Gateway.SendCloseAsync();
        Assert.Equal(AttachEndKind.Detached, (await running).Kind);
    }

    [Fact]
    public async Task TerminalHungUp_SessionLeft()
    {
        await using var session = await FakeSession.OpenAsync();
        var pump = new AttachPump(session.Client, Stream.Null, Stream.Null, TimeProvider.System) { Input = Stream.Null, LeaveAtInputEnd = true };
        var running = pump.RunAsync(Never);

        Assert.Equal(WebSocketOpcode.Close, (await session.Gateway.ReceiveAsync())?.Opcode);
        await session.Gateway.SendCloseAsync();
        Assert.Equal(AttachEndKind.Detached, (await running).Kind);
    }

    [Fact]
    public async Task Signal_SessionLeft()
    {
        await using var session = await FakeSession.OpenAsync();
        var signal = new TaskCompletionSource();
        var running = Typing(session, new Pipe(), TimeProvider.System).RunAsync(signal.Task);
        signal.SetResult();

        Assert.Equal(WebSocketOpcode.Close, (await session.Gateway.ReceiveAsync())?.Opcode);
        await session.Gateway.SendCloseAsync();
        Assert.Equal(AttachEndKind.Detached, (await running).Kind);
    }

    [Fact]
    public async Task OutputTakenByNobody_LeftWithTheReason()
    {
        await using var session = await FakeSession.OpenAsync();
        var (one, other) = DuplexStream.Pair();
        await other.DisposeAsync();
        await one.DisposeAsync();
        var running = new AttachPump(session.Client, one, Stream.Null, TimeProvider.System).RunAsync(Never);
        await session.Gateway.SendAsync(StdioChannel.Stdout, "anyone?");

        var end = await running;

        Assert.Equal(AttachEndKind.Detached, end.Kind);
        Assert.NotEmpty(end.Message);
    }

    [Fact]
    public async Task WithoutInput_NothingIsSent()
    {
        await using var session = await FakeSession.OpenAsync();
        var running = new AttachPump(session.Client, Stream.Null, Stream.Null, TimeProvider.System).RunAsync(Never);
        await session.Gateway.EndAsync(SessionStatus.Success);
        await running;

        Assert.Equal(WebSocketOpcode.Close, (await session.Gateway.ReceiveAsync())?.Opcode);
    }

    private static AttachPump Typing(FakeSession session, Pipe keyboard, TimeProvider clock) =>
        new(session.Client, Stream.Null, Stream.Null, clock) { Input = keyboard.Reader.AsStream(), DetachKeys = CtrlPCtrlQ };
}
