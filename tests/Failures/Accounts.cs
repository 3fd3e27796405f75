using CriAttach.Testing.Resume;

namespace CriAttach.Failures.Tests;

/// <summary>The end of a test under load.</summary>
internal static class Accounts
{
    /// <summary>Each load is settled: no byte of either direction is lost without a word or came twice.</summary>
    public static async Task AreGoodAsync(params ResumableLoad[] loads)
    {
        foreach (var load in loads)
        {
            var account = await load.SettleAsync();
            Assert.True(account.Fault is null, account.Fault);
            Assert.Equal((0, 0), (account.LostSilently, account.Doubled));
        }
    }
}
