using System.Globalization;
using CriAttach.Testing.Attach;
using CriAttach.Testing.Processes;
using CriAttach.Wire.Channels;

namespace CriAttach.Testing.Scenarios;

/// <summary>PID 1 counts without end; a client that misses a line, or gets one twice, sees it at once.</summary>
public sealed class Counter : IAsyncDisposable
{
    // As fast as busybox's sh counts, with a breath now and then.
    private const string Script = "i=0; while :; do echo $i; i=$((i+1)); [ $((i%100)) = 0 ] && usleep 1000; done";

    private readonly TestContainer _container;
    private string _rest = "";
    private long _next = -1;
    private bool _cutLineGone;
    private string? _fault;
    private AttachClient? _client;

    private Counter(TestContainer container) => _container = container;

    /// <summary>The number that comes next.</summary>
    public long Next => Interlocked.Read(ref _next);

    /// <summary>The client.</summary>
    public AttachClient Client => _client ?? throw new InvalidOperationException("Not attached.");

    /// <summary>Starts a container that counts, and attaches to it.</summary>
    /// <param name="processes">Silos and gateways.</param>
    /// <param name="node">The container's node.</param>
    /// <param name="at">The gateway.</param>
    public static async Task<Counter> StartAsync(CriAttachProcesses processes, string node, int at = 0)
    {
        var container = await processes.ShellAsync(Script, new AdminApi.CreateContainerBody { Node = node }).ConfigureAwait(false);
        Counter counter = new(container);
        AttachClientOptions options = new() { Sink = counter.Take };
        counter._client = await container.AttachAsync(stdin: false, via: at, options: options).ConfigureAwait(false);
        return counter;
    }

    /// <summary>Waits until so many more numbers came, all of them in their order.</summary>
    /// <param name="count">How many.</param>
    /// <param name="limit">How long that may take.</param>
    /// <exception cref="ScenarioException">One is missing or came twice, or the session ended.</exception>
    public async Task MoreAsync(long count, TimeSpan limit)
    {
        var due = Next + count;
        await Until.TrueAsync(() => _fault is not null || Client.Ended.IsCompleted || Next >= due, limit, $"{count} more numbers came").ConfigureAwait(false);
        Expect.That(_fault is null, _fault ?? "");
        Expect.That(!Client.Ended.IsCompleted, Client.Ended.IsCompleted ? $"The session ended: {await Client.Ended.ConfigureAwait(false)}" : "");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync().ConfigureAwait(false);
        }

        await _container.DisposeAsync().ConfigureAwait(false);
    }

    private void Take(StdioChannel channel, ReadOnlySpan<byte> bytes)
    {
        var text = _rest + System.Text.Encoding.ASCII.GetString(bytes);
        var lines = text.Split('\n');
        _rest = lines[^1];
        foreach (var line in lines.AsSpan(0, lines.Length - 1))
        {
            // What a first attacher gets of the time before is the newest part, and may begin within a line.
            if (!_cutLineGone)
            {
                _cutLineGone = true;
                continue;
            }

            var isNumber = long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            if (_next >= 0 && (!isNumber || number != _next))
            {
                _fault ??= $"'{line}' came on {channel} instead of {_next}.";
            }

            Interlocked.Exchange(ref _next, number + 1);
        }
    }
}
