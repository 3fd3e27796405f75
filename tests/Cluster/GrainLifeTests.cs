using CriAttach.Cluster.Tests.Nodes;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Directory;
using CriAttach.Interfaces.Nodes;
using CriAttach.Interfaces.Sessions;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams;
using Orleans.Streams;

namespace CriAttach.Cluster.Tests;

public sealed class GrainLifeTests(TestNodes nodes) : IClassFixture<TestNodes>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task StopThatAwaits_DelaysNoByteCreditOrLease()
    {
        var container = nodes.Node(1).Add(new ContainerSpec { Stdin = true });
        var stop = new TaskCompletionSource();
        container.StopGate = stop.Task;
        var seen = new CollectingObserver();
        await Output(container).SubscribeAsync(seen, new StdioToken(0, 0));
        var stopping = nodes.Client.GetGrain<IContainerGrain>(container.Info.Key.ToString()).StopAsync(TimeSpan.FromSeconds(1));
        await container.StopAsked.WaitAsync(Patience);
        for (var i = 0; i < 400; i++)
        {
            await container.Output.WaitForRoomAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);
            container.Output.Append(StdioStream.Stdout, new byte[8192]);
        }

        await seen.LengthAsync(400 * 8192).WaitAsync(Patience);
        await Sessions.ClaimNewAsync(nodes.Client, container).WaitAsync(Patience);
        Assert.False(stopping.IsCompleted);
        stop.SetResult();
        await stopping.WaitAsync(Patience);
        await seen.Completed.WaitAsync(Patience);
    }

    [Fact]
    public async Task DeactivatedContainerGrain_LosesNoByteAndTheSubscriptionGoesOn()
    {
        var container = nodes.Node(2).Add(new ContainerSpec { Stdin = true });
        var seen = new CollectingObserver();
        await Output(container).SubscribeAsync(seen, new StdioToken(0, 0));
        var session = await Sessions.OpenAsync(nodes.Client, container);
        container.Output.Append(StdioStream.Stdout, "before "u8);
        await DeactivateAllAsync();
        container.Output.Append(StdioStream.Stdout, "between "u8);
        await seen.LengthAsync(15).WaitAsync(Patience);
        await Sessions.ClaimAsync(nodes.Client, session, Guid.NewGuid()).WaitAsync(Patience);
        container.Output.Append(StdioStream.Stdout, new byte[1024 * 1024]);
        container.Exit(0);
        await seen.Completed.WaitAsync(Patience);
        Assert.Equal((1024 * 1024) + 15, seen.Bytes.Length);
        Assert.Empty(seen.Gaps);
    }

    [Fact]
    public async Task TokensThatOpenNothing_LeaveNoActivation()
    {
        var node = nodes.Node(1).Name;
        for (var number = 0; number < 20; number++)
        {
            var unknown = SessionKey.ForToken(node, $"{NodeTag.Of(node)}.{Guid.NewGuid():N}");
            Assert.Equal(ClaimOutcome.Unknown, (await Sessions.ClaimAsync(nodes.Client, unknown, Guid.NewGuid())).Outcome);
        }

        var management = nodes.Client.GetGrain<IManagementGrain>(0);
        var since = TimeProvider.System.GetTimestamp();
        while (await CountAsync() >= 20)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, "The activations stay.");
        }

        async Task<int> CountAsync() => (await management.GetSimpleGrainStatistics())
            .Where(one => one.GrainType.Contains("SessionGrain", StringComparison.Ordinal)).Sum(one => one.ActivationCount);
    }

    [Fact]
    public async Task ContainerRemovedInMidStream_TheSubscriberIsTold()
    {
        var container = nodes.Node(0).Add(new ContainerSpec());
        var seen = new CollectingObserver();
        await Output(container).SubscribeAsync(seen, new StdioToken(0, 0));
        await nodes.Client.GetGrain<IContainerGrain>(container.Info.Key.ToString()).RemoveAsync(force: true);
        await Assert.ThrowsAnyAsync<Exception>(() => seen.Completed.WaitAsync(Patience));
        Assert.NotNull(seen.Completed.Exception);
    }

    [Fact]
    public async Task DirectoryShardLost_IsNotWarmUntilTheNodesAreBack()
    {
        var info = await nodes.Client.GetGrain<INodeGrain>(nodes.Node(1).Name).CreateContainerAsync(new ContainerSpec()).WaitAsync(Patience);
        var shard = nodes.Client.GetGrain<IDirectoryGrain>(DirectoryShard.Of(info.Key.ContainerId));
        await RegisterAllAsync();
        var answer = await shard.FindAsync(info.Key.ContainerId);
        Assert.True(answer.Warm);
        Assert.Equal([info.Key], answer.Matches);
        await DeactivateAllAsync();
        var cold = await shard.FindAsync(info.Key.ContainerId);
        Assert.True(!cold.Warm || cold.Matches.Count == 1, "a miss that claims to be true");
        await RegisterAllAsync();
        answer = await shard.FindAsync(info.Key.ContainerId);
        Assert.True(answer.Warm);
        Assert.Equal([info.Key], answer.Matches);
    }

    private async Task RegisterAllAsync()
    {
        // Creating a container publishes what its node has.
        for (var i = 0; i < 3; i++)
        {
            await nodes.Client.GetGrain<INodeGrain>(nodes.Node(i).Name).CreateContainerAsync(new ContainerSpec()).WaitAsync(Patience);
        }
    }

    private Task DeactivateAllAsync() =>
        nodes.Client.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero).WaitAsync(Patience);

    private IAsyncStream<StdioChunk> Output(ScriptedContainer container) =>
        nodes.Client.GetStreamProvider(StdioStreams.ProviderName).GetStream<StdioChunk>(StdioStreams.Output(container.Info.Key));
}
