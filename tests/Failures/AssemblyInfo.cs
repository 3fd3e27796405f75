// These mostly wait for processes that come back and for a membership that has to find out; test.sh runs them beside another suite.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
