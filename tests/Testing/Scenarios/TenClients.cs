using System.Diagnostics;
using CriAttach.AdminApi;
using CriAttach.Testing.Attach;
using CriAttach.Testing.Processes;
using CriAttach.Wire.Channels;

namespace CriAttach.Testing.Scenarios;

/// <summary>Eight clients of one terminal that read, beside two that hardly do or do not at all.</summary>
public sealed class TenClients : IAsyncDisposable
{
    private const int Healthy = 8;
    private const int Windows = 5;
    private const string Interrupted = "INTERRUPTED";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Loris = TimeSpan.FromSeconds(9);

    private readonly CriAttachProcesses _processes;
    private readonly TestContainer _container;
    private readonly List<AttachClient> _clients = [];
    private long _count;
    private TaskCompletionSource _interrupted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TenClients(CriAttachProcesses processes, TestContainer container) => (_processes, _container) = (processes, container);

    /// <summary>Begins: a terminal that is written to without end, and the clients that read it.</summary>
    /// <param name="processes">A silo and gateways. Needs root.</param>
    public static async Task<TenClients> StartAsync(CriAttachProcesses processes)
    {
        var block = string.Concat(Enumerable.Repeat(new string('x', 63) + "\n", 1024));
        await File.WriteAllTextAsync(Path.Combine(await processes.RootfsAsync().ConfigureAwait(false), "block"), block).ConfigureAwait(false);
        var shape = new CreateContainerBody { Stdin = true, Tty = true };
        var ten = new TenClients(processes, await processes.ShellAsync($"trap 'echo; echo {Interrupted}' INT; while :; do cat /block; done", shape).ConfigureAwait(false));
        for (var number = 0; number < Healthy; number++)
        {
            OutputSink sink = number == 0 ? ten.TakeFirst : ten.Take;
            ten._clients.Add(await ten._container.AttachAsync(at: number % processes.Gateways.Count, options: new AttachClientOptions { Sink = sink }).ConfigureAwait(false));
        }

        await Until.TrueAsync(() => ten.Count > 10_000_000, Patience, "the output flows").ConfigureAwait(false);
        return ten;
    }

    /// <summary>What those who read had to bear of two that do not, or that read a byte in nine seconds.</summary>
    /// <param name="loris">Whether the two read that much.</param>
    public async Task<TenClientsReport> RunAsync(bool loris)
    {
        var before = await RateAsync().ConfigureAwait(false);
        using var stop = new CancellationTokenSource();
        using var interactive = await StalledAsync(stdin: true).ConfigureAwait(false);
        using var observer = await StalledAsync(stdin: false).ConfigureAwait(false);
        var reading = loris ? Task.WhenAll(DribbleAsync(interactive, stop.Token), DribbleAsync(observer, stop.Token)) : Task.CompletedTask;
        var (stopped, slowestInterrupt) = await EndureAsync().ConfigureAwait(false);
        var since = Stopwatch.GetTimestamp();
        var newcomer = await _container.AttachAsync(at: 0).ConfigureAwait(false);
        await using (newcomer.ConfigureAwait(false))
        {
            await newcomer.Stdout.LengthAsync(1, Patience).ConfigureAwait(false);
        }

        var firstByte = Stopwatch.GetElapsedTime(since);
        var beside = await RateAsync().ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        await reading.ConfigureAwait(false);
        interactive.Dispose();
        observer.Dispose();
        var after = await RateAsync().ConfigureAwait(false);
        return new TenClientsReport(stopped, 2 * beside / (before + after), firstByte, slowestInterrupt);
    }

    /// <summary>Stops the container beside a client that does not read.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> StopAsync()
    {
        using var stalled = await StalledAsync(stdin: true).ConfigureAwait(false);
        var since = Stopwatch.GetTimestamp();
        await _processes.Admin.StopAsync(_container.Id, timeoutSeconds: 0).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(since);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync().ConfigureAwait(false);
        }

        await _container.DisposeAsync().ConfigureAwait(false);
    }

    private long Count => Interlocked.Read(ref _count);

    /// <summary>Longer than the two keep their right: how long PID 1 stood still in all, while another client interrupts it again and again.</summary>
    private async Task<(TimeSpan Stopped, TimeSpan SlowestInterrupt)> EndureAsync()
    {
        var watch = new Pid1Watch(_container.View.LogPath);
        await using (watch.ConfigureAwait(false))
        {
            var slowest = TimeSpan.Zero;
            using PeriodicTimer timer = new(TimeSpan.FromSeconds(2));
            for (var round = 0; round < 10; round++)
            {
                await timer.WaitForNextTickAsync().ConfigureAwait(false);
                var took = await InterruptAsync().ConfigureAwait(false);
                slowest = took > slowest ? took : slowest;
            }

            return (watch.InAll, slowest);
        }
    }

    private async Task<TimeSpan> InterruptAsync()
    {
        _interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var since = Stopwatch.GetTimestamp();
        await _clients[0].InputAsync("\u0003").ConfigureAwait(false);
        await _interrupted.Task.WaitAsync(Patience).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(since);
    }

    /// <summary>The median of several windows: of one, on a machine that others share, a third is chance.</summary>
    private async Task<double> RateAsync()
    {
        var rates = new double[Windows];
        using PeriodicTimer timer = new(Window);
        for (var window = 0; window < Windows; window++)
        {
            var (count, since) = (Count, Stopwatch.GetTimestamp());
            await timer.WaitForNextTickAsync().ConfigureAwait(false);
            rates[window] = (Count - count) / Stopwatch.GetElapsedTime(since).TotalSeconds;
        }

        return rates.Order().ElementAt(Windows / 2);
    }

    private async Task<RawWebSocket> StalledAsync(bool stdin)
    {
        var gateway = _processes.Gateways[0];
        var url = await gateway.AttachAsync(_container.Id, stdin, stdout: true, stderr: false, tty: true).ConfigureAwait(false);
        return await RawWebSocket.OpenAsync(gateway.Here(url), ["v5.channel.k8s.io"], [], receiveBuffer: 4096).ConfigureAwait(false);
    }

    private static async Task DribbleAsync(RawWebSocket socket, CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(Loris);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                await socket.ReadPieceAsync(1, Patience).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }
    }

    private void Take(StdioChannel channel, ReadOnlySpan<byte> bytes) => Interlocked.Add(ref _count, bytes.Length);

    private void TakeFirst(StdioChannel channel, ReadOnlySpan<byte> bytes)
    {
        Take(channel, bytes);

        // The output itself has no such letter.
        if (bytes.Contains((byte)Interrupted[0]))
        {
            _interrupted.TrySetResult();
        }
    }
}
