using System.Globalization;
using System.Runtime.Versioning;
using CriAttach.AdminApi;
using CriAttach.Cli.Streaming;
using CriAttach.Cli.Streaming.Resume;
using CriAttach.Testing.Processes;
using CriAttach.Testing.Scenarios;
using CriAttach.Wire.Resume;

namespace CriAttach.Testing.Resume;

/// <summary>
/// A container that writes without end, at a rate of its own whoever reads, and keeps what it is told; and a client that can resume, which
/// types all the while. Every byte of both directions is accounted for.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class ResumableLoad : IAsyncDisposable
{
    private const int BlockLength = 1024 * 1024;
    private const int TypedCells = 10;

    // So much is under way all the time.
    private const int UnderWay = 64 * BlockLength;

    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestContainer _container;
    private readonly string _inputPath;
    private readonly string _writtenPath;
    private readonly OutputCheck _output = new();
    private readonly InputCheck _input = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _notices = [];
    private ResumingSession? _session;
    private Task _reading = Task.CompletedTask;
    private Task _typing = Task.CompletedTask;
    private long _bytes;
    private long _lastOutput;
    private long _longestStall;

    private ResumableLoad(TestContainer container, string inputPath, string writtenPath) =>
        (_container, _inputPath, _writtenPath) = (container, inputPath, writtenPath);

    /// <summary>Gets how many bytes of output came.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Gets how long the longest time without output was.</summary>
    public TimeSpan LongestStall => TimeSpan.FromTicks(Interlocked.Read(ref _longestStall));

    /// <summary>Gets the authority of the gateway that serves the client now.</summary>
    public string At => _session!.Url.Authority;

    /// <summary>Gets what it was told of interruptions, the newest last.</summary>
    public IReadOnlyList<string> Notices
    {
        get
        {
            lock (_notices)
            {
                return [.. _notices];
            }
        }
    }

    /// <summary>Gets the container.</summary>
    public TestContainer Container => _container;

    /// <summary>Starts the container and attaches.</summary>
    /// <param name="processes">Silos and gateways.</param>
    /// <param name="node">The container's node.</param>
    /// <param name="megabytesPerSecond">How fast it writes.</param>
    /// <param name="at">The index of the gateway to begin with.</param>
    public static async Task<ResumableLoad> StartAsync(CriAttachProcesses processes, string node, int megabytesPerSecond, int at = 0)
    {
        var rootfs = await processes.RootfsAsync().ConfigureAwait(false);
        var pattern = Path.Combine(rootfs, "marked");
        if (!File.Exists(pattern))
        {
            await MarkedOutput.WriteAsync(pattern).ConfigureAwait(false);
        }

        var name = Guid.NewGuid().ToString("N")[..8];
        var (input, written) = ("in-" + name, "out-" + name);
        var blocks = MarkedOutput.Period / BlockLength;
        var pause = 1_000_000 / megabytesPerSecond;
        var script = string.Create(
            CultureInfo.InvariantCulture,
            $"exec 3<&0; cat <&3 >/tmp/{input} & n=0; while :; do i=0; while [ $i -lt {blocks} ]; do dd if=/marked bs={BlockLength} skip=$i count=1 2>/dev/null; n=$((n+1)); echo $n >/tmp/{written}; usleep {pause}; i=$((i+1)); done; done");
        var container = await processes.ShellAsync(script, new CreateContainerBody { Node = node, Stdin = true, StartLater = true }).ConfigureAwait(false);
        ResumableLoad load = new(container, Path.Combine(rootfs, "tmp", input), Path.Combine(rootfs, "tmp", written));
        await load.AttachAsync(processes, at).ConfigureAwait(false);
        return load;
    }

    /// <summary>Waits until so much more output came.</summary>
    /// <param name="bytes">How much.</param>
    /// <param name="limit">How long that may take.</param>
    /// <exception cref="ScenarioException">Bytes are missing or came twice, or the session ended.</exception>
    public async Task MoreAsync(long bytes, TimeSpan limit)
    {
        var due = Bytes + bytes;
        await Until.TrueAsync(() => Bytes >= due || _output.Fault is not null || _reading.IsCompleted, limit, $"{bytes} more bytes came. {Describe()}").ConfigureAwait(false);
        Expect.That(_output.Fault is null, _output.Fault ?? "");
        Expect.That(!_reading.IsCompleted, $"The session ended: {_session?.End}. {Describe()}");
    }

    /// <summary>Waits until the client is where PID 1 is: what was written while it could not read has come, and then so much more.</summary>
    /// <param name="bytes">How much.</param>
    /// <param name="limit">How long that may take.</param>
    /// <exception cref="ScenarioException">Bytes are missing or came twice, or the session ended.</exception>
    public async Task CaughtUpAsync(long bytes, TimeSpan limit)
    {
        await MoreAsync(bytes, limit).ConfigureAwait(false);
        await Until.TrueAsync(
            async token => int.TryParse(await File.ReadAllTextAsync(_writtenPath, token).ConfigureAwait(false), CultureInfo.InvariantCulture, out var written)
                && _output.Position + UnderWay >= (long)written * BlockLength,
            limit, $"the client is where PID 1 is. {Describe()}").ConfigureAwait(false);
        var typed = _input.Typed;
        await Until.TrueAsync(
            async token => (await File.ReadAllTextAsync(_inputPath, token).ConfigureAwait(false)).Length + _input.InDoubt >= typed || _reading.IsCompleted,
            limit, $"what was typed so far arrived. {Describe()}").ConfigureAwait(false);
    }

    /// <summary>Stops typing and waits until PID 1 has got all of it, then gives the account.</summary>
    /// <exception cref="ScenarioException">Input is missing, or came twice.</exception>
    public async Task<LoadAccount> SettleAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _typing.ConfigureAwait(false);
        string? fault = "";
        try
        {
            await Until.TrueAsync(
                async token => (fault = _input.Judge(await File.ReadAllTextAsync(_inputPath, token).ConfigureAwait(false))) is null,
                Patience, "PID 1 has all input").ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The fault says more.
        }

        return new LoadAccount
        {
            Output = Bytes,
            LostSilently = _output.LostSilently,
            LostAndTold = _output.LostAndTold,
            GapsOfUnknownLength = _output.GapsOfUnknownLength,
            Doubled = _output.Doubled,
            Input = _input.Typed,
            InputInDoubt = _input.InDoubt,
            LongestStall = LongestStall,
            Fault = _output.Fault ?? fault,
        };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_session is not null)
        {
            await _session.DisposeAsync().ConfigureAwait(false);
        }

        await _container.DisposeAsync().ConfigureAwait(false);
    }

    private async Task AttachAsync(CriAttachProcesses processes, int at)
    {
        AttachBody body = new() { Stdin = true, Stdout = true, Stderr = false, Replay = ReplayMode.All };
        var answer = await processes.Gateways[at].Admin.AttachAsync(_container.Id, body).ConfigureAwait(false);
        AttachSessionOptions options = new() { Control = Hear, SilenceLimit = TimeSpan.FromSeconds(15), ConnectTimeout = TimeSpan.FromSeconds(5) };
        _session = await ResumingSession.ConnectAsync(processes.Gateways[at].Here(new Uri(answer.Url)), options, via: null, Note).ConfigureAwait(false);
        Interlocked.Exchange(ref _lastOutput, TimeProvider.System.GetTimestamp());
        _reading = Task.Run(ReadAsync);
        _typing = Task.Run(TypeAsync);
        await _container.StartAsync().ConfigureAwait(false);
    }

    private void Hear(ResumeMessage message)
    {
        _output.Hear(message);
        _input.Hear(message);
    }

    private void Note(string text)
    {
        lock (_notices)
        {
            _notices.Add(text);
        }
    }

    private string Describe() => $"Told: {string.Join("; ", Notices.TakeLast(10))}.";

    private async Task ReadAsync()
    {
        while (await _session!.ReadAsync().ConfigureAwait(false) is { } piece)
        {
            var now = TimeProvider.System.GetTimestamp();
            var stall = TimeProvider.System.GetElapsedTime(Interlocked.Exchange(ref _lastOutput, now), now).Ticks;
            Interlocked.Exchange(ref _longestStall, Math.Max(stall, Interlocked.Read(ref _longestStall)));
            _output.Take(piece.Offset, piece.Payload.Span);
            Interlocked.Add(ref _bytes, piece.Payload.Length);
        }
    }

    private async Task TypeAsync()
    {
        using PeriodicTimer timer = new(TypingPause);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                // The bytes are the session's from here on, whatever happens to its connection.
                await _session!.SendStdinAsync(_input.Next(TypedCells)).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }
    }
}
