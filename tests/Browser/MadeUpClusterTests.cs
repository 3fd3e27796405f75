using CriAttach.Testing;
using CriAttach.Testing.Processes;

namespace CriAttach.Browser.Tests;

/// <summary>What no cluster of a test has: 5,000 containers and 1,000 sessions, made up by <c>Dashboard/mock</c>.</summary>
public sealed class MadeUpClusterTests
{
    /// <summary>Filters in under 100 ms, live, and whatever else <c>mock/try.mjs</c> looks at; it says what does not hold.</summary>
    [Fact]
    public async Task ThousandsOfContainersAndSessions_AllHolds()
    {
        // "npm run try" holds the limits of time on a quiet machine; CI's may be half as fast.
        await using var node = ClientProcess.Start("node", [Path.Combine(Repository.Top, "Dashboard/mock/try.mjs")], new Dictionary<string, string> { ["TRY_SLACK"] = "3" });
        node.EndInput();
        var code = await node.ExitAsync(TimeSpan.FromMinutes(4));
        Assert.True(code == 0, $"{node.Output}{node.Errors}");
    }
}
