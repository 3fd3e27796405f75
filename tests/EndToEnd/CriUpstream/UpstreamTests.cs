using System.Globalization;
using CriAttach.Protos.Runtime.V1;
using CriAttach.Testing.Cri;
using CriAttach.Testing.Scenarios;
using Grpc.Core;

namespace CriAttach.EndToEnd.Tests.CriUpstream;

/// <summary>Containers of containerd, attached to by way of silo and gateway.</summary>
public sealed class UpstreamTests(UpstreamCluster cluster, ITestOutputHelper log) : IClassFixture<UpstreamCluster>
{
    [Fact]
    public Task EarlyOutput_AndEcho() => Upstream.EarlyOutputAndEchoAsync(cluster.Node);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OutputThenExit_IsWhole(bool random)
    {
        var whole = 0;
        for (var run = 0; run < 5; run++)
        {
            whole += await Upstream.EndOfOutputAsync(cluster.Node, random) ? 1 : 0;
        }

        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"containerd has cut {5 - whole} of 5"));
        Assert.True(whole >= 2, $"Only {whole} of 5 were whole, so little was shown.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task AttachWithoutInput_StaysOpenAndLeavesInputAlone(bool stdinOnce) => Upstream.WithoutInputAsync(cluster.Node, stdinOnce);

    [Fact]
    public Task Terminal_PromptEchoAndSize() => Upstream.TerminalAsync(cluster.Node);

    [Fact]
    public async Task Case49_StalledClient_OthersAndTheLogKeepTheirRate()
    {
        var (alone, client, file) = await UpstreamStall.RatesAsync(cluster.Node, rounds: 1);
        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{alone / 1e6:f1} MB/s, beside it {client:p0} and {file:p0}"));

        // Other tests run meanwhile. What counts is measured by eng/acceptance.sh.
        Assert.True(Math.Min(client, file) > 0.5, "Others are slower beside a client that has lost its right.");
    }

    [Fact]
    public async Task StalledClient_StopContainerReturns()
    {
        var slowest = await UpstreamStall.StopAsync(cluster.Node);
        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{slowest.TotalSeconds:f2} s"));
        Assert.True(slowest < TimeSpan.FromSeconds(3), $"StopContainer took {slowest}.");
    }

    [Fact]
    public Task SiloIsKilled_NoByteIsLostOrRepeated() => Upstream.SiloRestartAsync(cluster.Node);

    [Fact]
    public Task RuntimeRestarts_NoByteIsLostOrRepeated() => Upstream.RuntimeRestartAsync(cluster.Node);

    [Fact]
    public async Task ContainerThatDoesNotRun_IsRefusedWithItsState()
    {
        var container = await cluster.Node.Pod.CreateAsync(new CriContainerSpec { Command = ["sleep", "1"] });
        var created = await Assert.ThrowsAsync<RpcException>(() => cluster.Node.Gateway.AttachAsync(container.Id));
        Assert.Equal(StatusCode.FailedPrecondition, created.StatusCode);
        Assert.Contains("CONTAINER_CREATED", created.Status.Detail, StringComparison.Ordinal);
        await cluster.Node.Runtime.RemoveContainerAsync(new RemoveContainerRequest { ContainerId = container.Id });
    }

    [Fact]
    public async Task FoundContainer_IsListedUnderItsPod()
    {
        var container = await cluster.Node.ShellAsync("exec cat");
        await using var client = await cluster.Node.AttachAsync(container);
        var view = await cluster.Node.Processes.Admin.ContainerAsync(container.Id);
        Assert.Equal(("criupstream", "default"), (view.Runtime, view.Namespace));
        Assert.StartsWith("pod", view.Pod, StringComparison.Ordinal);
        await cluster.Node.Pod.RemoveAsync(container);
    }
}
