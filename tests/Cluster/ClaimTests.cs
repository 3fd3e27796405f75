using CriAttach.Cluster.Tests.Nodes;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Sessions;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams;

namespace CriAttach.Cluster.Tests;

public sealed class ClaimTests(TestNodes nodes) : IClassFixture<TestNodes>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task TwoHundredTokensClaimedByTwoAtOnce_EachIsWonOnce()
    {
        var container = nodes.Node(1).Add(new ContainerSpec { Stdin = true });
        await ClaimAllTwiceAsync(container, 200);
    }

    [Fact]
    public async Task UnrelatedSiloDiesAndANewOneStarts_ClaimsBytesAndInputAreUndisturbed()
    {
        var container = nodes.Node(1).Add(new ContainerSpec { Stdin = true });
        container.Echo = true;
        var seen = new CollectingObserver();
        await nodes.Client.GetStreamProvider(StdioStreams.ProviderName)
            .GetStream<StdioChunk>(StdioStreams.Output(container.Info.Key)).SubscribeAsync(seen, new StdioToken(0, 0));
        var claim = await Sessions.ClaimNewAsync(nodes.Client, container);
        var input = nodes.Client.GetStreamProvider(StdioStreams.ProviderName).GetStream<StdioChunk>(StdioStreams.Input(container.Info.Key));
        var sent = new byte[50_000];
        new Random(11).NextBytes(sent);
        var change = Task.Run(async () =>
        {
            await nodes.Cluster.KillSiloAsync(nodes.Cluster.Silos[^1]);
            await nodes.Cluster.StartAdditionalSiloAsync();
        });
        for (var at = 0; at < sent.Length; at += 500)
        {
            await input.OnNextAsync(new StdioChunk { Stream = StdioStream.Stdin, Offset = at, Data = sent.AsMemory(at, 500), Producer = claim.InputProducer }).WaitAsync(Patience);
        }

        await ClaimAllTwiceAsync(container, 200);
        await change.WaitAsync(TimeSpan.FromSeconds(60));
        await ClaimAllTwiceAsync(container, 50);
        await seen.LengthAsync(sent.Length).WaitAsync(Patience);
        Assert.Equal(sent, seen.Bytes);
        Assert.Empty(seen.Gaps);
    }

    private async Task ClaimAllTwiceAsync(ScriptedContainer container, int count)
    {
        // The second gateway is a client inside another silo.
        var other = nodes.Cluster.Silos[0].ServiceProvider.GetService(typeof(IClusterClient)) as IClusterClient;
        await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            var session = await Sessions.OpenAsync(nodes.Client, container).WaitAsync(Patience);
            var nonces = new[] { Guid.NewGuid(), Guid.NewGuid() };
            var claims = await Task.WhenAll(Sessions.ClaimAsync(nodes.Client, session, nonces[0]), Sessions.ClaimAsync(other!, session, nonces[1])).WaitAsync(Patience);
            Assert.Equal([ClaimOutcome.Claimed, ClaimOutcome.AlreadyClaimed], claims.Select(claim => claim.Outcome).Order());
            var winner = Array.FindIndex(claims, claim => claim.Outcome == ClaimOutcome.Claimed);
            Assert.Equal(claims[winner], await Sessions.ClaimAsync(nodes.Client, session, nonces[winner]).WaitAsync(Patience));
        }));
    }
}
