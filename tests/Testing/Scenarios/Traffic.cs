using System.Globalization;
using CriAttach.Testing.Attach;
using CriAttach.Testing.Processes;

namespace CriAttach.Testing.Scenarios;

/// <summary>Sessions that echo numbered lines without a pause, and must not notice what happens to others.</summary>
public sealed class Traffic : IAsyncDisposable
{
    private readonly List<TestContainer> _containers = [];
    private readonly List<AttachClient> _clients = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _loops = [];
    private long _echoes;
    private long _slowest;

    private Traffic()
    {
    }

    /// <summary>How many echoes came so far.</summary>
    public long Echoes => Interlocked.Read(ref _echoes);

    /// <summary>How long the slowest echo took.</summary>
    public TimeSpan Slowest => TimeSpan.FromTicks(Interlocked.Read(ref _slowest));

    /// <summary>Begins.</summary>
    /// <param name="processes">Silos and gateways.</param>
    /// <param name="nodes">The nodes of the containers, one each.</param>
    public static async Task<Traffic> StartAsync(CriAttachProcesses processes, params string[] nodes)
    {
        Traffic traffic = new();
        foreach (var (index, node) in nodes.Index())
        {
            var container = await processes.RunAsync(["cat"], new AdminApi.CreateContainerBody { Node = node, Stdin = true }).ConfigureAwait(false);
            traffic._containers.Add(container);
            var client = await container.AttachAsync(via: index % processes.Gateways.Count, at: (index + 1) % processes.Gateways.Count).ConfigureAwait(false);
            traffic._clients.Add(client);
            traffic._loops.Add(Task.Run(() => traffic.EchoAsync(client)));
        }

        return traffic;
    }

    /// <summary>Waits until so many more echoes came.</summary>
    /// <param name="count">How many.</param>
    /// <param name="limit">How long that may take.</param>
    public async Task MoreAsync(long count, TimeSpan limit)
    {
        var due = Echoes + count;
        await Until.TrueAsync(() => _loops.Any(loop => loop.IsCompleted) || Echoes >= due, limit, $"{count} more echoes came").ConfigureAwait(false);
        foreach (var loop in _loops.Where(loop => loop.IsCompleted))
        {
            await loop.ConfigureAwait(false);
        }
    }

    /// <summary>Ends it, and tells whether anything was lost or doubled.</summary>
    /// <exception cref="ScenarioException">It was.</exception>
    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_loops).ConfigureAwait(false);
        foreach (var client in _clients)
        {
            Expect.That(!client.Ended.IsCompleted, $"A session ended.");
            var lines = client.Stdout.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            for (var number = 0; number < lines.Length; number++)
            {
                Expect.That(lines[number] == Line(number).TrimEnd(), $"Line {number} is '{lines[number]}'.");
            }

            await client.CloseAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        foreach (var client in _clients)
        {
            await client.DisposeAsync().ConfigureAwait(false);
        }

        foreach (var container in _containers)
        {
            await container.DisposeAsync().ConfigureAwait(false);
        }

        _stop.Dispose();
    }

    private static string Line(long number) => string.Create(CultureInfo.InvariantCulture, $"line {number}\n");

    private async Task EchoAsync(AttachClient client)
    {
        for (long number = 0; !_stop.IsCancellationRequested; number++)
        {
            var start = TimeProvider.System.GetTimestamp();
            var before = client.Stdout.Length;
            var line = Line(number);
            await client.InputAsync(line).ConfigureAwait(false);
            await client.Stdout.LengthAsync(before + line.Length).ConfigureAwait(false);
            var took = TimeProvider.System.GetElapsedTime(start).Ticks;
            Interlocked.Increment(ref _echoes);
            long slowest;
            while (took > (slowest = Interlocked.Read(ref _slowest)) && Interlocked.CompareExchange(ref _slowest, took, slowest) != slowest)
            {
                // Another loop was faster in being slow.
            }
        }
    }
}
