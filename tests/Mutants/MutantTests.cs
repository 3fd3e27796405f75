namespace CriAttach.Mutants.Tests;

/// <summary>Whether the model would notice: each fault of <see cref="MutantList"/> is built into the product, and must die.</summary>
public sealed class MutantTests(Laboratory laboratory) : IClassFixture<Laboratory>
{
    /// <summary>Gets all mutants, or those whose name holds what was asked for.</summary>
    public static TheoryData<string> Names =>
        [.. MutantList.All.Select(mutant => mutant.Name).Where(name => name.Contains(Environment.GetEnvironmentVariable("CRIATTACH_MUTANT") ?? "", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Mutant_IsKilled(string name) =>
        Assert.True(await laboratory.TryAsync(MutantList.All.Single(mutant => mutant.Name == name)) is not null, $"the model did not notice the mutant '{name}'");

    [Fact]
    public async Task NothingChanged_Lives() => Assert.Null(await laboratory.TryUnchangedAsync());
}
