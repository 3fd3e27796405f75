using System.Security.Cryptography;
using CriAttach.Fuzz;
using CriAttach.Transports.Spdy;
using CriAttach.Transports.Tests.Fakes;
using CriAttach.Wire.Spdy;

namespace CriAttach.Transports.Tests.Spdy;

public sealed class ServerTests
{
    [Theory]
    [InlineData(Fragments.Whole)]
    [InlineData(Fragments.ByteByByte)]
    [InlineData(5)]
    public async Task RecordedClient_IsAnsweredAtOnceAndUnderstood(int cut)
    {
        await using var peer = new RawPeer(SpdyRole.Server);
        foreach (var piece in Fragments.Cut(Recorded.Client, cut))
        {
            await peer.SendAsync(piece);
        }

        await peer.TakeAsync(Convert.ToHexString(Recorded.Replies));
        Assert.Equal(SpdyEndCause.WentAway, (await peer.EndAsync()).Cause);
        var streams = await peer.Connection.Incoming.ReadAllAsync().ToListAsync();
        Assert.Equal(["error", "stdin", "stdout", "stderr"], streams.Select(stream => stream.Headers["StreamType"]));
        Assert.Equal("echo\n\n"u8.ToArray(), await streams[1].AllAsync());
        Assert.Equal(
            [SpdyStreamEnd.ConnectionEnded, SpdyStreamEnd.Finished, SpdyStreamEnd.Reset, SpdyStreamEnd.ConnectionEnded],
            streams.Select(stream => stream.End));
    }

    [Fact]
    public async Task Case42_CutAtEveryByte_EveryStreamEnds()
    {
        for (var length = 0; length < Recorded.Client.Length; length++)
        {
            await using var peer = new RawPeer(SpdyRole.Server);
            await peer.SendAsync(Recorded.Client[..length]);
            await peer.HangUpAsync();
            Assert.Contains((await peer.EndAsync()).Cause, new[] { SpdyEndCause.Closed, SpdyEndCause.Broken });
            await foreach (var stream in peer.Connection.Incoming.ReadAllAsync())
            {
                await stream.AllAsync();
                Assert.NotEqual(SpdyStreamEnd.None, stream.End);
            }
        }
    }

    [Fact]
    public async Task Case36_FinWithAndWithoutData_EndsTheInputBehindIt()
    {
        await using var peer = new RawPeer(SpdyRole.Server);
        var first = await peer.OpenAsync(1);
        var second = await peer.OpenAsync(3);
        await peer.DataAsync(1, "a"u8, fin: true);
        await peer.DataAsync(3, "b"u8);
        await peer.DataAsync(3, [], fin: true);
        await peer.DataAsync(3, "late"u8);
        Assert.Equal("a"u8.ToArray(), await first.AllAsync());
        Assert.Equal("b"u8.ToArray(), await second.AllAsync());
        Assert.Equal(SpdyStreamEnd.Finished, second.End);
        await first.WriteAsync("still open"u8.ToArray());
        Assert.Equal("still open"u8.ToArray(), (await peer.TakeFrameAsync()).Payload.ToArray());
    }

    [Fact]
    public async Task Reset_WhatCameStaysReadable_WhatIsWrittenIsRefused()
    {
        await using var peer = new RawPeer(SpdyRole.Server);
        var stream = await peer.OpenAsync(1);
        await peer.DataAsync(1, "abc"u8);
        await peer.SendAsync((_, output) => SpdyFrameWriter.RstStream(output, 1, SpdyStatus.Cancel));
        Assert.Equal("abc"u8.ToArray(), await stream.AllAsync());
        Assert.Equal((SpdyStreamEnd.Reset, SpdyStatus.Cancel), (stream.End, stream.ResetStatus!.Value));
        var fault = await Assert.ThrowsAsync<SpdyStreamClosedException>(() => stream.WriteAsync("x"u8.ToArray()).AsTask());
        Assert.Equal(SpdyStatus.Cancel, fault.Status);
        var other = await peer.OpenAsync(3);
        await peer.Connection.WriteAsync([new(stream, "thrown away"u8.ToArray()), new(other, "sent"u8.ToArray())]);
        Assert.Equal((3u, 4), (await peer.TakeFrameAsync()) is var frame ? (frame.StreamId, frame.Payload.Length) : default);
    }

    [Fact]
    public async Task OwnReset_EndsTheReaderThatWaits()
    {
        await using var peer = new RawPeer(SpdyRole.Server);
        var stream = await peer.OpenAsync(1);
        var reading = stream.AllAsync();
        await stream.ResetAsync(SpdyStatus.RefusedStream);
        Assert.Empty(await reading);
        await peer.TakeAsync("80030003 00000008 00000001 00000003");
        await peer.DataAsync(1, "ignored"u8);
        await peer.SilentAsync();
    }

    [Fact]
    public async Task Case37_PingsOfTheClient_AreEchoed_OthersAreNot()
    {
        await using var peer = new RawPeer(SpdyRole.Server);
        await peer.SendAsync("80030006 00000004 00000001 80030006 00000004 00000002 80030006 00000004 00000003");
        await peer.TakeAsync("80030006 00000004 00000001 80030006 00000004 00000003");
        await peer.SilentAsync();
    }

    [Theory]
    [InlineData("80030006 00000004 00000000")] // ping 0
    [InlineData("80030006 01000004 00000001")] // ping with a flag
    [InlineData("80030004 0000000c 80000000 0000000000000000")] // more settings than bytes
    [InlineData("80030005 00000000")]
    [InlineData("8003000a 00000004 00000000")]
    [InlineData("80030003 00000008 00000001 00000000")] // reset with status 0
    [InlineData("80030003 00000009 00000001 00000001 00")]
    [InlineData("00000000 00000001 41")] // stream 0
    [InlineData("80030001 00004001")] // over the limit, and nothing of it has come
    [InlineData("80020001 0000000a 00000001 00000000 0000")] // SPDY/2
    [InlineData("80030001 00000010 00000001 00000000 0000 78f900000000")] // another dictionary
    public async Task Cases37To41_BrokenFrame_EndsTheConnectionWithoutAReply(string hex)
    {
        await using var peer = new RawPeer(SpdyRole.Server);
        await peer.SendAsync(hex);
        Assert.Equal(SpdyEndCause.Fault, (await peer.EndAsync()).Cause);
        await peer.Connection.GoAwayAsync(SpdyGoAwayStatus.ProtocolError);
        await peer.TakeAsync("80030007 00000008 00000000 00000001");
    }

    [Fact]
    public async Task Case38_WindowUpdateSettingsAndHeaders_AreIgnored()
    {
        await using var peer = new RawPeer(SpdyRole.Server);
        await peer.OpenAsync(1);
        await peer.SendAsync("80030009 00000008 00000001 00010000 80030004 0000000c 00000001 00000004 00000064");
        await peer.SendAsync((frames, output) => frames.Headers(output, 1, SpdyFlags.None, SpdyHeaders.Empty));
        await peer.OpenAsync(3);
    }

    [Theory]
    [InlineData(3u)]
    [InlineData(1u)]
    [InlineData(4u)]
    public async Task Case43_IdThatDoesNotRiseOrIsEven_IsResetAndTheLiveStreamGoesOn(uint id)
    {
        await using var peer = new RawPeer(SpdyRole.Server);
        var live = await peer.OpenAsync(3);
        await peer.SendAsync((frames, output) => frames.SynStream(output, id, SpdyFlags.None, SpdyHeaders.Empty));
        await peer.TakeAsync($"80030003 00000008 {id:X8} 00000001");
        await peer.DataAsync(3, "abc"u8);
        Assert.Equal("abc"u8.ToArray(), await live.TakeAsync(3));
        await peer.OpenAsync(5);
    }

    [Fact]
    public async Task Case44_DataOfUnknownStream_IsIgnored()
    {
        await using var peer = new RawPeer(SpdyRole.Server);
        await peer.DataAsync(9, "abc"u8);
        await peer.SendAsync("80030003 00000008 00000009 00000001 80030002 00000013 00000001 78bbe3c6a7c2000400fbff00000000");
        await peer.SilentAsync();
    }

    [Fact]
    public async Task TooManyStreams_AreRefusedAndTheirHeadersStillCount()
    {
        await using var peer = new RawPeer(SpdyRole.Server, new SpdyOptions { MaxStreams = 1 });
        var first = await peer.OpenAsync(1);
        await peer.SendAsync((frames, output) => frames.SynStream(output, 3, SpdyFlags.None, SpdyHeaders.Empty));
        await peer.TakeAsync("80030003 00000008 00000003 00000003");
        await peer.DataAsync(1, [], fin: true);
        await first.FinishAsync();
        await peer.TakeAsync("00000001 01000000");
        await peer.OpenAsync(5);
    }

    [Fact]
    public async Task Case47_LongestDataFrame_ComesInPiecesThroughASmallBuffer()
    {
        await using var peer = new RawPeer(SpdyRole.Server, capacity: 64 * 1024);
        var stream = await peer.OpenAsync(1);
        var data = RandomNumberGenerator.GetBytes(SpdyLimits.MaxPayload);
        var sending = peer.DataAsync(1, data, fin: true);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (true)
        {
            var result = await stream.Input.ReadAsync().AsTask().WaitAsync(RawPeer.Patience);
            Assert.True(result.Buffer.Length <= 128 * 1024, "the bound holds");
            foreach (var part in result.Buffer)
            {
                hash.AppendData(part.Span);
            }

            stream.Input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                break;
            }
        }

        await sending;
        Assert.Equal(SHA256.HashData(data), hash.GetHashAndReset());
    }

    [Fact]
    public async Task StreamThatIsNotRead_HoldsTheConnection_UntilItIsDiscarded()
    {
        await using var peer = new RawPeer(SpdyRole.Server, new SpdyOptions { InputBuffer = 1024 });
        var stalled = await peer.OpenAsync(1);
        var other = await peer.OpenAsync(3);
        await peer.DataAsync(1, new byte[4096]);
        await peer.DataAsync(3, "abc"u8);
        var reading = other.TakeAsync(3);
        Assert.False(reading.IsCompleted);
        stalled.DiscardInput();
        Assert.Equal("abc"u8.ToArray(), await reading);
    }

    [Fact]
    public async Task PeerThatAsksAndDoesNotRead_IsNotReadAnyMore()
    {
        await using var peer = new RawPeer(SpdyRole.Server, capacity: 4096);
        var flood = Task.Run(async () =>
        {
            for (var i = 0; i < 100_000; i++)
            {
                await peer.SendAsync(0x80, 3, 0, 6, 0, 0, 0, 4, 0, 0, 0, 1);
            }
        });
        for (var i = 0; i < 100_000; i++)
        {
            await peer.TakeAsync("80030006 00000004 00000001");
        }

        await flood.WaitAsync(RawPeer.Patience);
    }

    [Fact]
    public async Task GoAway_IsTheLastThatIsSent()
    {
        await using var peer = new RawPeer(SpdyRole.Server);
        var stream = await peer.OpenAsync(1);
        await stream.WriteAsync("last"u8.ToArray());
        await peer.Connection.GoAwayAsync(SpdyGoAwayStatus.Ok);
        await Assert.ThrowsAsync<IOException>(() => stream.WriteAsync("later"u8.ToArray()).AsTask());
        await peer.SendAsync("80030006 00000004 00000001");
        await stream.ResetAsync(SpdyStatus.Cancel);
        await peer.HangUpAsync();
        await peer.EndAsync();
        await peer.TakeAsync("00000001 00000004 6c617374 80030007 00000008 00000001 00000000");
        await peer.Connection.DisposeAsync();
        await Assert.ThrowsAsync<EndOfStreamException>(() => peer.TakeAsync(1));
    }
}
