// These mostly wait for a membership that has to find out; test.sh runs them beside another suite.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
