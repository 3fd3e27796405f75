using System.Runtime.CompilerServices;
using System.Text;
using CriAttach.Transports.Dialing;
using CriAttach.Transports.Spdy;
using CriAttach.Wire;
using CriAttach.Wire.Channels;
using CriAttach.Wire.Http;
using CriAttach.Wire.Spdy;

namespace CriAttach.Testing.Attach;

/// <summary>
/// A whole attach client over SPDY that behaves as client-go does: streams one after the other, pings, stdout and stderr to their ends, then
/// the status, then GOAWAY.
/// </summary>
public sealed class SpdyAttachClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>What client-go offers.</summary>
    public static IReadOnlyList<string> ClientGo { get; } =
        ["v5.channel.k8s.io", "v4.channel.k8s.io", "v3.channel.k8s.io", "v2.channel.k8s.io", "channel.k8s.io"];

    private readonly SpdyConnection _connection;
    private readonly AttachClientOptions _options;
    private readonly Dictionary<string, SpdyStream> _streams;

    private readonly StrongBox<long> _heard;

    private SpdyAttachClient(
        SpdyConnection connection, string protocol, Dictionary<string, SpdyStream> streams, AttachClientOptions options, StrongBox<long> heard)
    {
        (_connection, Protocol, _streams, _options, _heard) = (connection, protocol, streams, options, heard);
        Ended = RunAsync();
    }

    /// <summary>The protocol that the server chose.</summary>
    public string Protocol { get; }

    /// <summary>How often something was received. On an idle session these are the answers to the pings, one every five seconds.</summary>
    public long Heard => Interlocked.Read(ref _heard.Value);

    /// <summary>Standard output, unless a sink takes it.</summary>
    public OutputBuffer Stdout { get; } = new("stdout");

    /// <summary>Standard error, unless a sink takes it.</summary>
    public OutputBuffer Stderr { get; } = new("stderr");

    /// <summary>The session's end; the status is what came on the error stream, and there is no close code.</summary>
    public Task<AttachEnd> Ended { get; }

    /// <summary>Opens a session.</summary>
    /// <param name="url">The URL that an attach call returned.</param>
    /// <param name="types">The streams, in the order of their opening.</param>
    /// <param name="options">How the client behaves.</param>
    /// <param name="protocols">What is offered; what client-go offers unless said otherwise.</param>
    public static Task<SpdyAttachClient> OpenAsync(
        Uri url, IReadOnlyList<string> types, AttachClientOptions? options = null, IReadOnlyList<string>? protocols = null) =>
        OpenAsync(url, SpdyHandshake.Request(url.Authority, url.PathAndQuery, protocols ?? ClientGo), types, options);

    /// <summary>Opens a session by a request of one's own.</summary>
    /// <param name="url">The URL that an attach call returned.</param>
    /// <param name="request">The request.</param>
    /// <param name="types">The streams, in the order of their opening.</param>
    /// <param name="options">How the client behaves.</param>
    public static async Task<SpdyAttachClient> OpenAsync(
        Uri url, HttpUpgradeRequest request, IReadOnlyList<string> types, AttachClientOptions? options = null)
    {
        StrongBox<long> heard = new();
        SpdyOptions manners = new() { PingInterval = TimeSpan.FromSeconds(5), OnReceived = () => Interlocked.Increment(ref heard.Value) };
        var dialer = new SpdyDialer(manners, TimeProvider.System);
        var (connection, protocol) = await dialer.DialAsync(url, request, CancellationToken.None).ConfigureAwait(false);
        try
        {
            Dictionary<string, SpdyStream> streams = [];
            foreach (var type in types)
            {
                streams.Add(type, await connection.OpenAsync(new SpdyHeaders(new KeyValuePair<string, string>("streamType", type))).ConfigureAwait(false));
            }

            return new SpdyAttachClient(connection, protocol, streams, options ?? new AttachClientOptions(), heard);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Sends input.</summary>
    public Task InputAsync(ReadOnlyMemory<byte> bytes) => _streams["stdin"].WriteAsync(bytes).AsTask();

    /// <summary>Sends input.</summary>
    public Task InputAsync(string text) => InputAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Ends the input.</summary>
    public Task EndInputAsync() => _streams["stdin"].FinishAsync().AsTask();

    /// <summary>Tells the size of the terminal.</summary>
    public Task ResizeAsync(ushort width, ushort height)
    {
        var text = new byte[ResizeWriter.MaxLength];
        return _streams["resize"].WriteAsync(text.AsMemory(0, ResizeWriter.Write(text, new WindowSize(width, height)))).AsTask();
    }

    /// <summary>Waits for the session's end.</summary>
    /// <exception cref="TimeoutException">It goes on.</exception>
    public Task<AttachEnd> EndAsync(TimeSpan? limit = null) => Ended.WaitAsync(limit ?? Patience, TimeProvider.System);

    /// <summary>Leaves, as a client does that is interrupted.</summary>
    public Task LeaveAsync() => _connection.GoAwayAsync(SpdyGoAwayStatus.Ok);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync().ConfigureAwait(false);
        await Ended.ConfigureAwait(false);
    }

    private async Task<AttachEnd> RunAsync()
    {
        var status = new StringBuilder();
        var reading = ReadAsync("error", text => status.Append(Encoding.UTF8.GetString(text)));
        await Task.WhenAll(
            ReadAsync("stdout", bytes => Take(StdioChannel.Stdout, bytes)), ReadAsync("stderr", bytes => Take(StdioChannel.Stderr, bytes))).ConfigureAwait(false);
        await reading.ConfigureAwait(false);
        var broken = _streams.Where(stream => stream.Key is "error" or "stdout" or "stderr" && stream.Value.End == SpdyStreamEnd.ConnectionEnded)
            .Select(stream => stream.Key).ToArray();
        if (broken.Length == 0)
        {
            await LeaveQuietlyAsync().ConfigureAwait(false);
        }

        var end = new AttachEnd
        {
            Status = status.ToString(),
            Fault = broken.Length > 0 ? $"the connection ended before {string.Join(", ", broken)}: {await _connection.Completion.ConfigureAwait(false)}" : null,
        };
        Stdout.End(end);
        Stderr.End(end);
        return end;
    }

    private async Task LeaveQuietlyAsync()
    {
        try
        {
            await LeaveAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The server was quicker.
        }
    }

    private void Take(StdioChannel channel, ReadOnlySpan<byte> bytes)
    {
        if (_options.Sink is { } sink)
        {
            sink(channel, bytes);
        }
        else
        {
            (channel == StdioChannel.Stdout ? Stdout : Stderr).Append(bytes);
        }
    }

    private async Task ReadAsync(string type, SpanAction take)
    {
        if (!_streams.TryGetValue(type, out var stream))
        {
            return;
        }

        var start = TimeProvider.System.GetTimestamp();
        long total = 0;
        while (true)
        {
            var result = await stream.Input.ReadAsync().ConfigureAwait(false);
            foreach (var part in result.Buffer)
            {
                take(part.Span);
                total += part.Length;
                await PaceAsync(start, total).ConfigureAwait(false);
            }

            stream.Input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    // A slow reader is what some tests are about; its pace is its behaviour, not a wait for something.
    private Task PaceAsync(long start, long total)
    {
        if (_options.BytesPerSecond <= 0)
        {
            return Task.CompletedTask;
        }

        var due = TimeSpan.FromSeconds((double)total / _options.BytesPerSecond) - TimeProvider.System.GetElapsedTime(start);
        return due > TimeSpan.Zero ? Task.Delay(due, TimeProvider.System) : Task.CompletedTask;
    }

    private delegate void SpanAction(ReadOnlySpan<byte> bytes);
}
