// Real processes on few cores: one test at a time, so that what is measured is what is tested.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
