using CriAttach.EndToEnd.Tests;

// Some of these move much data, and the machines of CI have two cores.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(ConmonCluster))]
