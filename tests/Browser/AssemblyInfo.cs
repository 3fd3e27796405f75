using CriAttach.Browser.Tests;

// A browser beside silos and gateways is all that two cores carry.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(Chromium))]
[assembly: AssemblyFixture(typeof(DashboardCluster))]
