using CriAttach.Conformance.Tests;

// Some cases are about how soon an answer comes, and the machines of CI have two cores.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(ConformanceCluster))]
