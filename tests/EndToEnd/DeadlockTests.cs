using CriAttach.Testing.Scenarios;

namespace CriAttach.EndToEnd.Tests;

/// <summary>PID 1s and clients that do not cooperate.</summary>
public sealed class DeadlockTests(ConmonCluster cluster)
{
    [Fact]
    public Task PidOneWritesWithoutEnd_ItsStdinIsFull_OutputFlowsAndItCanBeStopped() => Deadlocks.EndlessWriterWithFullStdinAsync(cluster.Processes);

    [Fact]
    public Task PidOneReadsNothing_PingsAreAnsweredAndItCanBeStopped() => Deadlocks.SilentAndDeafAsync(cluster.Processes);

    [Fact]
    public Task OneClientDoesNotRead_OthersKeepTheirOutputAndItCanBeStopped() => Deadlocks.ClientThatDoesNotReadAsync(cluster.Processes);
}
