namespace CriAttach.Testing.Processes;

/// <summary>Waits for another process to reach a state that it does not announce.</summary>
public static class Until
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks again and again until the answer is yes.</summary>
    /// <exception cref="TimeoutException">The answer was still no after <paramref name="limit"/>.</exception>
    public static async Task TrueAsync(
        Func<CancellationToken, ValueTask<bool>> condition, TimeSpan limit, string what, CancellationToken cancellationToken = default)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!await condition(cancellationToken).ConfigureAwait(false))
        {
            if (TimeProvider.System.GetElapsedTime(start) > limit)
            {
                throw new TimeoutException($"Waited {limit.TotalSeconds} s in vain until {what}.");
            }

            await Task.Delay(Interval, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc cref="TrueAsync(Func{CancellationToken, ValueTask{bool}}, TimeSpan, string, CancellationToken)"/>
    public static Task TrueAsync(Func<bool> condition, TimeSpan limit, string what, CancellationToken cancellationToken = default) =>
        TrueAsync(_ => ValueTask.FromResult(condition()), limit, what, cancellationToken);
}
