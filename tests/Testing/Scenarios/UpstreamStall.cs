using System.Diagnostics;
using CriAttach.Protos.Runtime.V1;
using CriAttach.Testing.Attach;
using CriAttach.Testing.Cri;
using CriAttach.Testing.Processes;

namespace CriAttach.Testing.Scenarios;

/// <summary>Containers of another runtime, and one client that reads nothing beside one that does.</summary>
public static class UpstreamStall
{
    // More than sockets, windows and logs hold for a client: who got past it is held up no more.
    private const long Buffers = 16_000_000;
    private const long Window = 24_000_000;
    private const long Level = 1_000_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Still = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// How fast the other client and the container's log are once the one has lost its right, against how fast they are without it: before and
    /// afterwards, for a machine is not the same all the time.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <param name="rounds">How often a client comes that does not read.</param>
    /// <returns>The rate without it, in bytes a second, and the median of the ratios.</returns>
    public static async Task<(double Alone, double Client, double Log)> RatesAsync(UpstreamNode node, int rounds)
    {
        var container = await StartAsync(node).ConfigureAwait(false);
        var reader = await Reader.AttachAsync(node, container).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            await reader.GoAsync().ConfigureAwait(false);
            await reader.MoreAsync(Window / 4).ConfigureAwait(false);
            var alone = await RateAsync(reader, container).ConfigureAwait(false);
            var first = alone.Client;
            List<double> clients = [];
            List<double> logs = [];
            for (var round = 0; round < rounds; round++)
            {
                // The log has more bytes than the output, always by the same share.
                var share = LogLength(container) / (double)reader.Count;
                (double Client, double Log) beside;
                using (await StalledAsync(node, container).ConfigureAwait(false))
                {
                    await reader.MoreAsync(Buffers).ConfigureAwait(false);
                    await Until.TrueAsync(() => reader.Count > (LogLength(container) / share) - Level, Patience, "the other client has caught up").ConfigureAwait(false);
                    beside = await RateAsync(reader, container).ConfigureAwait(false);
                }

                var again = await RateAsync(reader, container).ConfigureAwait(false);
                clients.Add(2 * beside.Client / (alone.Client + again.Client));
                logs.Add(2 * beside.Log / (alone.Log + again.Log));
                alone = again;
            }

            await node.Pod.RemoveAsync(container).ConfigureAwait(false);
            return (first, Median(clients), Median(logs));
        }
    }

    /// <summary>Stops containers beside a client that reads nothing: while output flows, while PID 1 is held, and when the client has lost its right.</summary>
    /// <returns>How long the slowest StopContainer took.</returns>
    public static async Task<TimeSpan> StopAsync(UpstreamNode node)
    {
        var slowest = TimeSpan.Zero;
        Func<Reader, CriContainer, Task>[] moments =
        [
            (reader, _) => reader.MoreAsync(1_000_000),
            HeldAsync,
            async (reader, container) =>
            {
                await HeldAsync(reader, container).ConfigureAwait(false);
                await reader.MoreAsync(Buffers).ConfigureAwait(false);
            },
        ];
        foreach (var moment in moments)
        {
            var container = await StartAsync(node).ConfigureAwait(false);
            var reader = await Reader.AttachAsync(node, container).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                using var stalled = await StalledAsync(node, container).ConfigureAwait(false);
                await reader.GoAsync().ConfigureAwait(false);
                await moment(reader, container).ConfigureAwait(false);
                var since = Stopwatch.GetTimestamp();
                await node.Runtime.StopContainerAsync(new StopContainerRequest { ContainerId = container.Id, Timeout = 0 }).ConfigureAwait(false);
                var took = Stopwatch.GetElapsedTime(since);
                slowest = took > slowest ? took : slowest;
                await node.Pod.RemoveAsync(container).ConfigureAwait(false);
            }
        }

        return slowest;
    }

    private static Task<CriContainer> StartAsync(UpstreamNode node) => node.ShellAsync("read go; exec yes 0123456789abcdefghijklmnopqrstuvwxyz");

    private static async Task<RawWebSocket> StalledAsync(UpstreamNode node, CriContainer container)
    {
        var url = await node.Gateway.AttachAsync(container.Id).ConfigureAwait(false);
        return await RawWebSocket.OpenAsync(node.Gateway.Here(url), ["v5.channel.k8s.io"], [], receiveBuffer: 4096).ConfigureAwait(false);
    }

    /// <summary>The rate of the client and of the log over a window's worth of output.</summary>
    private static async Task<(double Client, double Log)> RateAsync(Reader reader, CriContainer container)
    {
        var (count, log, since) = (reader.Count, LogLength(container), Stopwatch.GetTimestamp());
        await reader.MoreAsync(Window).ConfigureAwait(false);
        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        return ((reader.Count - count) / seconds, (LogLength(container) - log) / seconds);
    }

    /// <summary>
    /// The other client gets nothing any more; then either the sockets between are full too and PID 1 stands still, or the right is lost before that.
    /// </summary>
    private static async Task HeldAsync(Reader reader, CriContainer container)
    {
        await StillAsync(() => reader.Count, static () => false, "the other client gets nothing any more").ConfigureAwait(false);
        var count = reader.Count;
        await StillAsync(() => LogLength(container), () => reader.Count > count, "PID 1 is held, or is not any more").ConfigureAwait(false);
    }

    private static Task StillAsync(Func<long> value, Func<bool> over, string what)
    {
        var (last, since) = (0L, Stopwatch.GetTimestamp());
        return Until.TrueAsync(
            () =>
            {
                if (value() is var now && now != last)
                {
                    (last, since) = (now, Stopwatch.GetTimestamp());
                }

                return over() || (last > 0 && Stopwatch.GetElapsedTime(since) >= Still);
            },
            Patience,
            what);
    }

    private static long LogLength(CriContainer container) => new FileInfo(container.LogPath).Length;

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>The client that reads.</summary>
    private sealed class Reader : IAsyncDisposable
    {
        private AttachClient? _client;
        private long _count;

        public long Count => Interlocked.Read(ref _count);

        public static async Task<Reader> AttachAsync(UpstreamNode node, CriContainer container)
        {
            var reader = new Reader();
            AttachClientOptions options = new() { Sink = (_, bytes) => Interlocked.Add(ref reader._count, bytes.Length) };
            reader._client = await node.AttachAsync(container, options: options).ConfigureAwait(false);
            return reader;
        }

        public Task GoAsync() => _client!.InputAsync("go\n");

        public Task MoreAsync(long bytes)
        {
            var goal = Count + bytes;
            return Until.TrueAsync(() => Count >= goal, Patience, $"{bytes} bytes more came to the client that reads");
        }

        public ValueTask DisposeAsync() => _client!.DisposeAsync();
    }
}
