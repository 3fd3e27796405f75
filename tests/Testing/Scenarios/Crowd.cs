using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CriAttach.Testing.Attach;
using CriAttach.Testing.Processes;
using CriAttach.Wire.Channels;

namespace CriAttach.Testing.Scenarios;

/// <summary>Many sessions that behave differently, for long: those that type, those that only watch, those that come and go, those that read slowly.</summary>
public sealed class Crowd : IAsyncDisposable
{
    private const int Kinds = 10;
    private const int Pasted = 1000;

    // More than a node keeps in memory of a container: who begins there reads the log file, as one does who has been slow for twenty minutes.
    private const int Past = 4 * 1024 * 1024;
    private const int PastLine = 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly int _slowBytesPerSecond;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<TestContainer> _containers = [];
    private readonly List<Task> _members = [];
    private readonly List<double> _echoes = [];
    private long _watched;
    private long _slowlyRead;

    private Crowd(int slowBytesPerSecond) => _slowBytesPerSecond = slowBytesPerSecond;

    /// <summary>How many sessions came and went, beside those that stayed.</summary>
    public int Visits { get; private set; }

    /// <summary>How many bytes those that watch have received in all.</summary>
    public long Watched => Interlocked.Read(ref _watched);

    /// <summary>How many bytes those that read slowly have received in all.</summary>
    public long SlowlyRead => Interlocked.Read(ref _slowlyRead);

    /// <summary>Whether they get something, and less than half of what the others do, of whom there are five times as many.</summary>
    public bool IsMixed => SlowlyRead > 0 && SlowlyRead * 10 < Watched;

    /// <summary>Begins: every tenth session comes and goes, pasting a thousand bytes each time, every other tenth begins at the log's beginning and reads more slowly than more comes, three of ten type now and then, the others watch.</summary>
    /// <param name="processes">Silos and gateways.</param>
    /// <param name="containers">How many containers.</param>
    /// <param name="sessions">How many sessions.</param>
    /// <param name="slowBytesPerSecond">How much a slow reader reads.</param>
    public static async Task<Crowd> StartAsync(CriAttachProcesses processes, int containers, int sessions, int slowBytesPerSecond)
    {
        Crowd crowd = new(slowBytesPerSecond);
        for (var number = 0; number < containers; number++)
        {
            var shape = new AdminApi.CreateContainerBody { Stdin = true, Node = processes.Silos[number % processes.Silos.Count].Name };
            crowd._containers.Add(await processes.RunAsync(["cat"], shape).ConfigureAwait(false));
            await WritePastAsync(crowd._containers[^1]).ConfigureAwait(false);
        }

        for (var number = 0; number < sessions; number++)
        {
            var container = crowd._containers[number % containers];
            var at = number % processes.Gateways.Count;
            var member = number;
            crowd._members.Add((number / containers % Kinds) switch
            {
                0 => crowd.VisitAsync(container, member, at),
                1 => await crowd.ReadSlowlyAsync(container, at).ConfigureAwait(false),
                < 5 => crowd.TypeAsync(container, member, at),
                _ => await crowd.WatchAsync(container, at).ConfigureAwait(false),
            });
        }

        return crowd;
    }

    /// <summary>Lets it go on for a while.</summary>
    /// <param name="time">How long.</param>
    /// <exception cref="ScenarioException">A session failed.</exception>
    public async Task RunAsync(TimeSpan time)
    {
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(1));
        for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < time && await timer.WaitForNextTickAsync().ConfigureAwait(false);)
        {
            foreach (var over in _members.Where(member => member.IsCompleted))
            {
                await over.ConfigureAwait(false);
                throw new ScenarioException("A session that was to stay has ended.");
            }
        }
    }

    /// <summary>The echo time that so many of a hundred did not exceed, since the last call.</summary>
    /// <param name="percent">How many.</param>
    public (int Count, TimeSpan Time) TakeEchoes(double percent)
    {
        lock (_echoes)
        {
            _echoes.Sort();
            var result = (_echoes.Count, TimeSpan.FromMilliseconds(_echoes.Count == 0 ? 0 : _echoes[(int)((_echoes.Count - 1) * percent / 100)]));
            _echoes.Clear();
            return result;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_members).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var container in _containers)
        {
            await container.DisposeAsync().ConfigureAwait(false);
        }

        _stop.Dispose();
    }

    /// <summary>Types a line now and then, and waits for it among those of the others.</summary>
    private async Task TypeAsync(TestContainer container, int member, int at)
    {
        Listener listener = new();
        await using var client = await container.AttachAsync(at: at, options: new AttachClientOptions { Sink = listener.Take }).ConfigureAwait(false);
        using PeriodicTimer timer = new(PauseOf(member));
        for (var number = 0; await TickAsync(timer).ConfigureAwait(false); number++)
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"<{member}:{number}>");
            var heard = listener.Expect(line);
            var since = Stopwatch.GetTimestamp();
            await client.InputAsync(line + "\n").ConfigureAwait(false);
            await heard.WaitAsync(Patience).ConfigureAwait(false);
            lock (_echoes)
            {
                _echoes.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
            }
        }
    }

    private Task<Task> WatchAsync(TestContainer container, int at) =>
        StayAsync(container, at, new AttachClientOptions { Sink = (_, bytes) => Interlocked.Add(ref _watched, bytes.Length) });

    private async Task<Task> ReadSlowlyAsync(TestContainer container, int at)
    {
        AttachClientOptions options = new() { Sink = (_, bytes) => Interlocked.Add(ref _slowlyRead, bytes.Length), BytesPerSecond = _slowBytesPerSecond, ReceiveBuffer = 4096 };
        return StayAsync(await container.AttachAsync(new AdminApi.AttachBody { Stdout = true, Stderr = true, Replay = AdminApi.ReplayMode.All }, at: at, options: options).ConfigureAwait(false));
    }

    private async Task<Task> StayAsync(TestContainer container, int at, AttachClientOptions options) =>
        StayAsync(await container.AttachAsync(stdin: false, at: at, options: options).ConfigureAwait(false));

    private async Task StayAsync(AttachClient client)
    {
        await using (client.ConfigureAwait(false))
        {
            var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var registration = _stop.Token.Register(over.SetResult);
            await Task.WhenAny(client.Ended, over.Task).ConfigureAwait(false);
            if (!_stop.IsCancellationRequested)
            {
                throw new ScenarioException($"A session ended: {await client.Ended.ConfigureAwait(false)}");
            }
        }
    }

    private static async Task WritePastAsync(TestContainer container)
    {
        StrongBox<long> come = new();
        TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        AttachClientOptions options = new()
        {
            Sink = (_, bytes) =>
            {
                if (Interlocked.Add(ref come.Value, bytes.Length) == Past)
                {
                    all.SetResult();
                }
            },
        };
        await using var client = await container.AttachAsync(options: options).ConfigureAwait(false);
        var line = new string('.', PastLine - 1) + "\n";
        for (var sent = 0; sent < Past; sent += PastLine)
        {
            await client.InputAsync(line).ConfigureAwait(false);
        }

        await all.Task.WaitAsync(Patience).ConfigureAwait(false);
    }

    private async Task VisitAsync(TestContainer container, int member, int at)
    {
        using PeriodicTimer timer = new(PauseOf(member));
        for (var number = 0; await TickAsync(timer).ConfigureAwait(false); number++)
        {
            await using var client = await container.AttachAsync(StreamProtocol.V4, at: at).ConfigureAwait(false);
            var line = string.Create(CultureInfo.InvariantCulture, $"<visitor {member}:{number}>").PadRight(Pasted, '.');
            await client.InputAsync(line + "\n").ConfigureAwait(false);
            await client.Stdout.ContainsAsync(line, Patience).ConfigureAwait(false);
            if (number % 2 == 0)
            {
                await client.CloseAsync().ConfigureAwait(false);
            }

            Visits++;
        }
    }

    /// <summary>About two seconds, and for everyone something else: they would fall into step, and nobody would be alone with a keystroke.</summary>
    private static TimeSpan PauseOf(int member) => TimeSpan.FromMilliseconds(1500 + (member * 7919 % 1000));

    private async Task<bool> TickAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Waits for one line at a time among all that comes.</summary>
    private sealed class Listener
    {
        private readonly Lock _gate = new();
        private readonly StringBuilder _line = new();
        private string _expected = "";
        private TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Expect(string line)
        {
            lock (_gate)
            {
                _expected = line;
                _heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                return _heard.Task;
            }
        }

        public void Take(StdioChannel channel, ReadOnlySpan<byte> bytes)
        {
            lock (_gate)
            {
                foreach (var one in bytes)
                {
                    if (one != '\n')
                    {
                        _line.Append((char)one);
                        continue;
                    }

                    if (_line.Equals(_expected))
                    {
                        _heard.TrySetResult();
                    }

                    _line.Clear();
                }
            }
        }
    }
}
