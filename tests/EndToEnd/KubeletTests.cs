using CriAttach.Testing.Scenarios;

namespace CriAttach.EndToEnd.Tests;

/// <summary>A kubelet's sequence in short; <c>eng/acceptance.sh k</c> runs it for ten minutes and with 1 GiB.</summary>
public sealed class KubeletTests(ConmonCluster cluster)
{
    private const long Much = 64L * 1024 * 1024;

    [Fact]
    public Task IdleButForPings_TheSessionLivesAndEchoes() => KubeletSequence.IdleAsync(cluster.Processes, pings: 2);

    [Fact]
    public Task Output_64MiBOfRandomBytes_ArrivesBitForBit() => KubeletSequence.OutputAsync(cluster.Processes, Much);

    [Fact]
    public Task Input_64MiBOfRandomBytes_ArrivesBitForBit() => KubeletSequence.InputAsync(cluster.Processes, Much);
}
