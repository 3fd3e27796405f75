namespace CriAttach.Fuzz;

/// <summary>Runs a target on its seeds, then on what a <see cref="Mutator"/> makes of them.</summary>
public static class FuzzLoop
{
    /// <summary>Runs a target.</summary>
    /// <param name="target">The target.</param>
    /// <param name="seed">The seed of the mutations.</param>
    /// <param name="goOn">Whether to go on, asked with the number of inputs that were run.</param>
    /// <returns>The number of inputs that were run.</returns>
    /// <exception cref="FuzzMismatchException">An input failed; the message holds it and all that repeats it.</exception>
    public static long Run(IFuzzTarget target, int seed, Func<long, bool> goOn)
    {
        var corpus = FuzzCorpus.Load(target.Name);
        var mutator = new Mutator(new Random(seed), corpus);
        long count = 0;
        while (goOn(count))
        {
            var input = count < corpus.Count ? corpus[(int)count] : mutator.Next();
            try
            {
                target.Run([.. input]);
            }
            catch (Exception fault)
            {
                throw new FuzzMismatchException(
                    $"{target.Name}, seed {seed}, input {count}: {Convert.ToHexString(input)}\n{fault}");
            }

            count++;
        }

        return count;
    }
}
