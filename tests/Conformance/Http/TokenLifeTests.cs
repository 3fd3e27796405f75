using CriAttach.AdminApi;
using CriAttach.Testing.Attach;
using CriAttach.Testing.Processes;
using CriAttach.Wire.Channels;
using Grpc.Core;

namespace CriAttach.Conformance.Tests.Http;

/// <summary>Tokens that nobody uses: how many there may be, and for how long.</summary>
public sealed class TokenLifeTests(ShortTokens cluster) : IClassFixture<ShortTokens>
{
    private const int MaxUnclaimed = 1000;

    private readonly GatewayProcess _gateway = cluster.Processes.Gateways[0];

    [Fact]
    public async Task Case04_AThousandUnusedTokens_TheNextIsResourceExhaustedUntilTheyExpire()
    {
        await using var container = await cluster.Processes.RunAsync(["cat"]);
        await NoneIssuedAsync();
        var first = TimeProvider.System.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, MaxUnclaimed), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, _) => await _gateway.AttachAsync(container.Id));
        var fault = await Assert.ThrowsAsync<RpcException>(() => _gateway.AttachAsync(container.Id));
        Assert.True(TimeProvider.System.GetElapsedTime(first) < ShortTokens.Life, "A thousand calls took longer than a token lives: the machine is too slow for this test.");
        Assert.Equal(StatusCode.ResourceExhausted, fault.StatusCode);
        Assert.Equal("maximum number of in-flight requests exceeded", fault.Status.Detail);

        await Until.TrueAsync(
            async _ =>
            {
                try
                {
                    await _gateway.AttachAsync(container.Id);
                    return true;
                }
                catch (RpcException still) when (still.StatusCode == StatusCode.ResourceExhausted)
                {
                    return false;
                }
            },
            2 * ShortTokens.Life,
            "the tokens expire");
    }

    [Fact]
    public async Task Case08_ExpiredToken_Is404()
    {
        await using var container = await cluster.Processes.RunAsync(["cat"]);
        var young = await _gateway.AttachAsync(container.Id);
        await using (await AttachClient.OpenAsync(young, StreamProtocol.V5))
        {
            // A token that is young opens; the other one waits.
            var url = await _gateway.AttachAsync(container.Id);
            await NoneIssuedAsync();
            var refused = await Assert.ThrowsAsync<WebSocketRefusedException>(() => RawWebSocket.OpenAsync(url, StreamProtocol.V5.Name));
            Assert.Equal(404, refused.Answer.StatusCode);
            Assert.Equal("404 page not found\n", refused.Body);
        }
    }

    private Task NoneIssuedAsync() => Until.TrueAsync(
        async token => (await _gateway.Admin.SessionsAsync(token)).Sessions.All(session => session.State != SessionPhase.Issued),
        2 * ShortTokens.Life,
        "all tokens have expired");
}
