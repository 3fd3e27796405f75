using CriAttach.Conformance.Tests;

// Most of these wait for a time limit of the product; some are about how soon an answer comes, and the machines of CI have two cores.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
[assembly: AssemblyFixture(typeof(ConformanceCluster))]
