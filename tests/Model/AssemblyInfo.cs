// One run at a time: the model has the pool's only thread.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
