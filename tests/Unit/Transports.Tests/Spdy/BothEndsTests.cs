using System.Security.Cryptography;
using CriAttach.Transports.Spdy;
using CriAttach.Transports.Tests.Fakes;
using CriAttach.Wire.Spdy;
using CsCheck;

namespace CriAttach.Transports.Tests.Spdy;

public sealed class BothEndsTests
{
    [Fact]
    public async Task StreamsBothWays_EveryByteInOrder()
    {
        var (left, right) = PipeStream.Pair();
        await using var client = new SpdyConnection(left, SpdyRole.Client, new SpdyOptions(), TimeProvider.System);
        await using var server = new SpdyConnection(right, SpdyRole.Server, new SpdyOptions(), TimeProvider.System);
        client.Start();
        server.Start();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            var data = RandomNumberGenerator.GetBytes(200_000 + i);
            var stream = await client.OpenAsync(new SpdyHeaders(new KeyValuePair<string, string>("port", $"{i}")));
            var accepted = await server.Incoming.ReadAsync();
            var echo = EchoAsync(accepted);
            var back = stream.AllAsync();
            foreach (var piece in data.Chunk(7001))
            {
                await stream.WriteAsync(piece);
            }

            await stream.FinishAsync();
            Assert.Equal(data, await back);
            await echo;
            Assert.Equal(SpdyStreamEnd.Finished, stream.End);
        })).WaitAsync(RawPeer.Patience);
        await client.GoAwayAsync(SpdyGoAwayStatus.Ok);
        Assert.Equal(SpdyEndCause.WentAway, (await server.Completion.WaitAsync(RawPeer.Patience)).Cause);
    }

    // Whatever comes, the connection ends in good order or goes on, and holds no more than it may.
    [Theory]
    [InlineData(SpdyRole.Server)]
    [InlineData(SpdyRole.Client)]
    public async Task RandomBytes_NeverFail(SpdyRole role)
    {
        var options = new SpdyOptions { MaxStreams = 4, InputBuffer = 512, Limits = new SpdyLimits { ControlPayload = 64 } };
        await Gen.Byte.Array[0, 200].SampleAsync(
            async bytes =>
            {
                await using var peer = new RawPeer(role, options);
                await peer.SendAsync(bytes);
                await peer.HangUpAsync();
                foreach (var stream in await peer.Connection.Incoming.ReadAllAsync().ToListAsync())
                {
                    stream.DiscardInput();
                }

                await peer.EndAsync();
            },
            iter: 300);
    }

    private static async Task EchoAsync(SpdyStream stream)
    {
        while (true)
        {
            var result = await stream.Input.ReadAsync();
            foreach (var part in result.Buffer)
            {
                await stream.WriteAsync(part);
            }

            stream.Input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                await stream.FinishAsync();
                return;
            }
        }
    }
}
