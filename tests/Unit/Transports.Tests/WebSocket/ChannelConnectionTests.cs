using CriAttach.Transports.Tests.Fakes;
using CriAttach.Transports.WebSocket;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Transports.Tests.WebSocket;

public sealed class ChannelConnectionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("8103 01 6869", StdioChannel.Stdout, "6869")] // text
    [InlineData("8203 02 6869", StdioChannel.Stderr, "6869")] // binary
    [InlineData("8105 01 FFC080FE", StdioChannel.Stdout, "FFC080FE")] // text that is no UTF-8
    [InlineData("8100 8101 01 8102 01 41", StdioChannel.Stdout, "41")] // nothing at all, and nothing but a channel
    [InlineData("8102 07 41 8102 01 42", StdioChannel.Stdout, "42")] // a channel that nobody knows
    [InlineData("8A00 8102 01 41", StdioChannel.Stdout, "41")] // an unasked pong
    [InlineData("8103 03 6E6F", StdioChannel.Status, "6E6F")]
    public async Task Frame_IsReadAsBytesOfItsChannel(string hex, StdioChannel channel, string bytes)
    {
        await using var peer = new ChannelPeer();
        await peer.SendAsync(hex);
        Assert.Equal((channel, bytes), await peer.ReadAsync());
    }

    [Fact]
    public async Task Continuation_IsAMessageWithAChannelOfItsOwn()
    {
        await using var peer = new ChannelPeer();
        await peer.SendAsync("0102 01 41 8002 02 42");
        Assert.Equal((StdioChannel.Stdout, "41"), await peer.ReadAsync());
        Assert.Equal((StdioChannel.Stderr, "42"), await peer.ReadAsync());
    }

    [Fact]
    public async Task SmallBuffer_TakesAFrameInPieces()
    {
        await using var peer = new ChannelPeer();
        await peer.SendAsync("8104 01 414243");
        Assert.Equal((StdioChannel.Stdout, "4142"), await peer.ReadAsync(2));
        Assert.Equal((StdioChannel.Stdout, "43"), await peer.ReadAsync(2));
    }

    [Theory]
    [InlineData("", ChannelEndCause.Cut)]
    [InlineData("8102 01 41", ChannelEndCause.Cut)]
    [InlineData("8103 01 41", ChannelEndCause.Broken)]
    [InlineData("81", ChannelEndCause.Broken)]
    [InlineData("8103", ChannelEndCause.Broken)]
    [InlineData("8802 03E8", ChannelEndCause.Closed)]
    [InlineData("8800", ChannelEndCause.Closed)]
    [InlineData("8302 01 41", ChannelEndCause.Fault)] // a reserved opcode
    [InlineData("8182 00000000 01 41", ChannelEndCause.Fault)] // a server's frame that is masked
    public async Task ServerHangsUp_WhatCameIsReadThenTheEndSaysHow(string hex, ChannelEndCause cause)
    {
        await using var peer = new ChannelPeer();
        await peer.SendAsync(hex);
        await peer.HangUpAsync();
        while (await peer.ReadAsync() is { Bytes.Length: > 0 } read)
        {
            Assert.Equal((StdioChannel.Stdout, "41"), read);
        }

        Assert.Equal(cause, peer.Connection.End?.Cause);
        Assert.Equal("", (await peer.ReadAsync()).Bytes);
    }

    [Fact]
    public async Task CancelledRead_LosesNothing()
    {
        await using var peer = new ChannelPeer();
        await peer.SendAsync("8104 01 41");
        Assert.Equal((StdioChannel.Stdout, "41"), await peer.ReadAsync());
        using var stop = new CancellationTokenSource();
        var reading = peer.Connection.ReadAsync(new byte[8], stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        await peer.SendAsync("4243");
        Assert.Equal((StdioChannel.Stdout, "4243"), await peer.ReadAsync());
    }

    [Fact]
    public async Task Write_GoesOutMaskedInFramesOfTheLongestLength()
    {
        await using var peer = new ChannelPeer(new ChannelOptions { MaxSentPayload = 4096 });
        await peer.Connection.WriteAsync(StdioChannel.Stdin, new byte[5000], Token);
        await peer.Connection.WriteAsync(StdioChannel.Resize, "{}"u8.ToArray(), Token);
        Assert.Equal((WebSocketOpcode.Binary, "00", 4096), await peer.TakeAsync());
        Assert.Equal((WebSocketOpcode.Binary, "00", 906), await peer.TakeAsync());
        Assert.Equal((WebSocketOpcode.Binary, "04", 3), await peer.TakeAsync());
    }

    [Fact]
    public async Task Ping_IsAnsweredWhileInputIsStuck()
    {
        await using var peer = new ChannelPeer(capacity: 1024);
        var stuck = peer.Connection.WriteAsync(StdioChannel.Stdin, new byte[4000], Token).AsTask();
        await peer.SendAsync("8902 4142 8102 01 43");
        Assert.Equal((StdioChannel.Stdout, "43"), await peer.ReadAsync());
        Assert.False(stuck.IsCompleted);
        Assert.Equal((WebSocketOpcode.Binary, "00", 4001), await peer.TakeAsync());
        Assert.Equal((WebSocketOpcode.Pong, "41", 2), await peer.TakeAsync());
        await stuck;
    }

    [Fact]
    public async Task Dispose_FreesTheWriterThatIsStuck()
    {
        var peer = new ChannelPeer(capacity: 1024);
        var stuck = peer.Connection.WriteAsync(StdioChannel.Stdin, new byte[4000], Token).AsTask();
        await peer.DisposeAsync();
        await Assert.ThrowsAsync<IOException>(() => stuck.WaitAsync(RawPeer.Patience));
        await Assert.ThrowsAsync<IOException>(() => peer.Connection.WriteAsync(StdioChannel.Stdin, "x"u8.ToArray(), Token).AsTask());
    }

    [Fact]
    public async Task Base64_IsDecodedAndWritten()
    {
        await using var peer = new ChannelPeer(new ChannelOptions { MaxSentPayload = 9 }, protocol: StreamProtocol.Base64Channel);
        await peer.SendAsync("8105 31 61476B3D");
        Assert.Equal((StdioChannel.Stdout, "6869"), await peer.ReadAsync());
        await peer.Connection.WriteAsync(StdioChannel.Stdin, "hello!!"u8.ToArray(), Token);
        Assert.Equal((WebSocketOpcode.Text, "30", 9), await peer.TakeAsync());
        Assert.Equal((WebSocketOpcode.Text, "30", 5), await peer.TakeAsync());
    }
}
