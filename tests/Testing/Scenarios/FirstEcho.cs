using System.Globalization;
using CriAttach.Testing.Processes;

namespace CriAttach.Testing.Scenarios;

/// <summary>What a client types right after it attached comes back: input never overtakes the session's own beginning.</summary>
public static class FirstEcho
{
    /// <summary>Attaches many times, one after the other, at all gateways by turns.</summary>
    /// <param name="processes">Silos and gateways.</param>
    /// <param name="count">How often.</param>
    public static async Task RunAsync(CriAttachProcesses processes, int count)
    {
        await using var container = await processes.RunAsync(["cat"]).ConfigureAwait(false);
        var gateways = processes.Gateways.Count;
        for (var number = 0; number < count; number++)
        {
            await using var client = await container.AttachAsync(via: number % gateways, at: (number + 1) % gateways).ConfigureAwait(false);
            var text = string.Create(CultureInfo.InvariantCulture, $"echo {number}\n");
            await client.InputAsync(text).ConfigureAwait(false);
            await client.Stdout.ContainsAsync(text).ConfigureAwait(false);
            Expect.That(client.Stdout.ToString() == text, $"Attach {number}: '{client.Stdout}' came instead of '{text}'.");
            await client.CloseAsync().ConfigureAwait(false);
        }
    }
}
