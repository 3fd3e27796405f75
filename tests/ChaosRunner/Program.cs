using CriAttach.ChaosRunner;

try
{
    return await new Chaos(ChaosOptions.Read(args), Console.Out).RunAsync().ConfigureAwait(false) ? 0 : 1;
}
catch (Exception fault) when (fault is ArgumentException or InvalidOperationException)
{
    await Console.Error.WriteLineAsync($"error: {fault.Message}").ConfigureAwait(false);
    return 2;
}
