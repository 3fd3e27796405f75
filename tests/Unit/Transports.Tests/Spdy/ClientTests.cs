using CriAttach.Fuzz;
using CriAttach.Transports.Spdy;
using CriAttach.Transports.Tests.Fakes;
using CriAttach.Wire.Spdy;

namespace CriAttach.Transports.Tests.Spdy;

public sealed class ClientTests
{
    private static readonly SpdyHeaders Error = new(new KeyValuePair<string, string>("streamtype", "error"));
    private static readonly SpdyHeaders Stdin = new(new KeyValuePair<string, string>("streamType", "stdin"));

    [Fact]
    public async Task Open_WaitsForTheReplyAndKeepsDataThatCameBeforeIt()
    {
        await using var peer = new RawPeer(SpdyRole.Client);
        var opening = peer.Connection.OpenAsync(Error);
        await peer.TakeAsync("80030001 00000035 00000001 00000000 0000 78bb e3c6a7c2 00 1b00 e4ff 00000001 0000000a 73747265616d74797065 00000005 6572726f72 000000ffff");
        await peer.DataAsync(1, "early"u8);
        Assert.False(opening.IsCompleted);
        await peer.SendAsync((frames, output) => frames.SynReply(output, 1, SpdyFlags.None, SpdyHeaders.Empty));
        var stream = await opening;
        await peer.DataAsync(1, [], fin: true);
        Assert.Equal("early"u8.ToArray(), await stream.AllAsync());
        _ = peer.Connection.OpenAsync(Stdin);
        await peer.TakeAsync("80030001 0000002f 00000003 00000000 0000 00 1b00 e4ff 00000001 0000000a 73747265616d74797065 00000005 737464696e 000000ffff");
    }

    [Fact]
    public async Task Open_MoreDataThanTheBufferBeforeTheReply_TimesOutAndTheOthersGoOn()
    {
        await using var peer = new RawPeer(SpdyRole.Client, new SpdyOptions { InputBuffer = 1024 });
        var opening = peer.Connection.OpenAsync(Error);
        peer.Time.Advance(TimeSpan.FromSeconds(1));
        var other = peer.Connection.OpenAsync(Stdin);
        await peer.TakeFrameAsync();
        await peer.TakeFrameAsync();
        await peer.DataAsync(1, new byte[4096]);
        await peer.SendAsync((frames, output) => frames.SynReply(output, 3, SpdyFlags.None, SpdyHeaders.Empty));
        peer.Time.Advance(TimeSpan.FromSeconds(29));
        await Assert.ThrowsAsync<TimeoutException>(() => opening.WaitAsync(RawPeer.Patience));
        await peer.TakeAsync("80030003 00000008 00000001 00000005");
        Assert.True((await other.WaitAsync(RawPeer.Patience)).IsWritable);
        await peer.SendAsync("80030006 00000004 00000002");
        await peer.TakeAsync("80030006 00000004 00000002");
    }

    [Fact]
    public async Task Case42_ServerCutAtEveryByte_EveryStreamAndOpeningEnds()
    {
        for (var length = 0; length < Recorded.Server.Length; length++)
        {
            await using var peer = new RawPeer(SpdyRole.Client);
            var opening = Enumerable.Range(0, 4).Select(_ => peer.Connection.OpenAsync(SpdyHeaders.Empty)).ToArray();
            await peer.SendAsync(Recorded.Server[..length]);
            await peer.HangUpAsync();
            Assert.Contains((await peer.EndAsync()).Cause, new[] { SpdyEndCause.Closed, SpdyEndCause.Broken });
            foreach (var open in opening)
            {
                if (await Record.ExceptionAsync(() => open.WaitAsync(RawPeer.Patience)) is { } fault)
                {
                    Assert.IsType<IOException>(fault, exactMatch: false);
                    continue;
                }

                var stream = await open;
                await stream.AllAsync();
                Assert.NotEqual(SpdyStreamEnd.None, stream.End);
            }
        }
    }

    [Theory]
    [InlineData(Fragments.Whole)]
    [InlineData(Fragments.ByteByByte)]
    [InlineData(5)]
    public async Task RecordedServer_IsUnderstood(int cut)
    {
        await using var peer = new RawPeer(SpdyRole.Client);
        var opening = Enumerable.Range(0, 4).Select(_ => peer.Connection.OpenAsync(SpdyHeaders.Empty)).ToArray();
        foreach (var piece in Fragments.Cut(Recorded.Server, cut))
        {
            await peer.SendAsync(piece);
        }

        Assert.Equal(SpdyEndCause.WentAway, (await peer.EndAsync()).Cause);
        var streams = await Task.WhenAll(opening).WaitAsync(RawPeer.Patience);
        Assert.Equal("{\"status\":\"Success\"}"u8.ToArray(), await streams[0].AllAsync());
        Assert.Equal("hello\n"u8.ToArray(), await streams[2].AllAsync());
        Assert.Equal(
            [SpdyStreamEnd.Finished, SpdyStreamEnd.Reset, SpdyStreamEnd.Finished, SpdyStreamEnd.Finished], streams.Select(stream => stream.End));
    }

    [Fact]
    public async Task Open_NoReplyIn30Seconds_ResetsAndSaysSo()
    {
        await using var peer = new RawPeer(SpdyRole.Client);
        var opening = peer.Connection.OpenAsync(SpdyHeaders.Empty);
        await peer.TakeFrameAsync();
        peer.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(opening.IsCompleted);
        peer.Time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<TimeoutException>(() => opening.WaitAsync(RawPeer.Patience));
        await peer.TakeAsync("80030003 00000008 00000001 00000005");
    }

    [Fact]
    public async Task Open_Refused_SaysWhy()
    {
        await using var peer = new RawPeer(SpdyRole.Client);
        var opening = peer.Connection.OpenAsync(SpdyHeaders.Empty);
        await peer.SendAsync((_, output) => SpdyFrameWriter.RstStream(output, 1, SpdyStatus.RefusedStream));
        var fault = await Assert.ThrowsAsync<SpdyStreamClosedException>(() => opening.WaitAsync(RawPeer.Patience));
        Assert.Equal(SpdyStatus.RefusedStream, fault.Status);
    }

    [Fact]
    public async Task Open_ConnectionEnds_SaysSo()
    {
        await using var peer = new RawPeer(SpdyRole.Client);
        var opening = peer.Connection.OpenAsync(SpdyHeaders.Empty);
        await peer.HangUpAsync();
        await Assert.ThrowsAsync<IOException>(() => opening.WaitAsync(RawPeer.Patience));
        await Assert.ThrowsAsync<IOException>(() => peer.Connection.OpenAsync(SpdyHeaders.Empty));
    }

    [Fact]
    public async Task Pings_EveryFiveSecondsOnceTheLastCameBack()
    {
        await using var peer = new RawPeer(SpdyRole.Client, new SpdyOptions { PingInterval = TimeSpan.FromSeconds(5) });
        peer.Time.Advance(TimeSpan.FromSeconds(5));
        await peer.TakeAsync("80030006 00000004 00000001");
        peer.Time.Advance(TimeSpan.FromSeconds(5));
        await peer.SendAsync("80030006 00000004 00000002 80030006 00000004 00000001 80030006 00000004 00000004");
        await peer.TakeAsync("80030006 00000004 00000002 80030006 00000004 00000004");
        peer.Time.Advance(TimeSpan.FromSeconds(5));
        await peer.TakeAsync("80030006 00000004 00000003");
    }

    [Fact]
    public async Task StreamOfTheServer_IsRefused()
    {
        await using var peer = new RawPeer(SpdyRole.Client);
        await peer.SendAsync((frames, output) => frames.SynStream(output, 2, SpdyFlags.None, SpdyHeaders.Empty));
        await peer.TakeAsync("80030003 00000008 00000002 00000003");
    }
}
