using System.Globalization;
using System.Security.Cryptography;
using CriAttach.Model.Tests.Simulation;

namespace CriAttach.Model.Tests;

/// <summary>
/// The stream provider and the session table against their model: seeded runs of steps in which messages are late, lost, doubled and
/// reordered, silos and gateways die, readers stall and files rotate.
/// </summary>
public sealed class ModelTests
{
    private const int LongestEpisode = 4000;

    // Where the first end closes PID 1's input, and sessions come and go, there is not much more to see of it.
    private const int LongestWithOneEnd = 200;
    private static readonly int[] FixedSeeds = [1, 2, 3, 4, 5];

    /// <summary>Gets the fixed seeds and as many new ones, or those that are to be repeated.</summary>
    public static TheoryData<int> Seeds => Environment.GetEnvironmentVariable("CRIATTACH_MODEL_SEED") is { Length: > 0 } seeds
        ? [.. seeds.Split(',').Select(seed => int.Parse(seed, CultureInfo.InvariantCulture))]
        : [.. FixedSeeds, .. FixedSeeds.Select(_ => RandomNumberGenerator.GetInt32(FixedSeeds.Length + 1, int.MaxValue))];

    private static int Steps => Environment.GetEnvironmentVariable("CRIATTACH_MODEL_STEPS") is { Length: > 0 } steps ? int.Parse(steps, CultureInfo.InvariantCulture) : 100_000;

    [Theory]
    [MemberData(nameof(Seeds), DisableDiscoveryEnumeration = true)]
    public Task EveryStep_IsAsTheModelAllows(int seed) => Pool.RunAsync(() => RunAsync(seed, Steps));

    [Fact]
    public async Task SameSeed_IsTheSameRun()
    {
        ulong first = 0, second = 0;
        await Pool.RunAsync(async () => first = await RunAsync(7, 10_000));
        await Pool.RunAsync(async () => second = await RunAsync(7, 10_000));
        Assert.Equal(first, second);
    }

    private static async Task<ulong> RunAsync(int seed, int steps)
    {
        var run = new Run(seed);
        while (run.Step < steps)
        {
            var world = new World(run);
            for (var left = run.Dice.Between(100, world.Settings.StdinOnce ? LongestWithOneEnd : LongestEpisode); left > 0 && run.Step < steps; left--)
            {
                run.Step++;
                await world.StepAsync();
                run.ThrowIfFailed();
            }

            await world.EndAsync();
            run.ThrowIfFailed();
        }

        return run.Trace.Fingerprint;
    }
}
