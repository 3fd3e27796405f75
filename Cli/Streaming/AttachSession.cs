using System.Threading.Channels;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Cli.Streaming;

/// <summary>
/// One connection of an attach. A slow reader slows the gateway down, a slow gateway slows the writers down, and neither direction ever waits
/// for the other.
/// </summary>
internal sealed partial class AttachSession : IAttachSession
{
    private const int ReadBufferLength = 128 * 1024;
    private const int ControlQueueLength = 4;

    private readonly Stream _stream;
    private readonly AttachSessionOptions _options;
    private readonly byte[] _buffer;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Channel<Control> _controls = Channel.CreateBounded<Control>(
        new BoundedChannelOptions(ControlQueueLength) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly ITimer _ticks;
    private readonly Task _controlPump;
    private Memory<byte> _unread;
    private AttachEnd? _end;
    private int _detaching;
    private ITimer? _leaving;
    private int _disposed;

    private AttachSession(Stream stream, StreamProtocol protocol, byte[] buffer, int count, AttachSessionOptions options)
    {
        _stream = stream;
        Protocol = protocol;
        _channels = new ChannelReader(protocol, WebSocketRole.Client);
        _messages = new ChannelWriter(protocol);
        _options = options;
        _buffer = buffer;
        _unread = buffer.AsMemory(0, count);
        _lastHeard = options.Clock.GetTimestamp();
        _ticks = options.Clock.CreateTimer(_ => Tick(), null, options.PingInterval, options.PingInterval);
        _controlPump = PumpControlsAsync();
    }

    /// <inheritdoc/>
    public AttachEnd? End => _end;

    /// <summary>Gets what the gateway chose of what was offered.</summary>
    public StreamProtocol Protocol { get; }

    /// <summary>Connects to a gateway and opens the session.</summary>
    /// <param name="url">The URL that Attach answered.</param>
    /// <param name="options">The clocks and limits.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="AttachRefusedException">The gateway cannot be reached, or refused.</exception>
    public static async Task<AttachSession> ConnectAsync(
        Uri url, AttachSessionOptions options, CancellationToken cancellationToken = default)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var stream = await AttachConnector.ConnectAsync(url, either.Token);
            return await OpenAsync(stream, url, options, either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new AttachRefusedException(
                $"{url.Scheme}://{url.Authority} did not answer within {options.ConnectTimeout.TotalSeconds:0} s: does the gateway run, and is the address reachable from here?");
        }
    }

    /// <summary>Opens the session over a connection that stands.</summary>
    /// <param name="stream">The connection; the session owns it from here on.</param>
    /// <param name="url">The URL that Attach answered.</param>
    /// <param name="options">The clocks and limits.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="AttachRefusedException">The gateway refused.</exception>
    public static async Task<AttachSession> OpenAsync(
        Stream stream, Uri url, AttachSessionOptions options, CancellationToken cancellationToken = default)
    {
        var buffer = new byte[ReadBufferLength];
        try
        {
            var (count, protocol) = await AttachHandshake.RunAsync(stream, url, options.Offers, buffer, cancellationToken);
            return new AttachSession(stream, protocol, buffer, count, options);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the connection, in whatever state it is.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _ticks.DisposeAsync();
        _controls.Writer.TryComplete();
        using (var over = new CancellationTokenSource())
        {
            // The answer to a close frame may still be on its way out.
            await Task.WhenAny(_controlPump, Task.Delay(_options.CloseTimeout, _options.Clock, over.Token));
            await over.CancelAsync();
        }

        await _stream.DisposeAsync();
        await _controlPump;
        if (_leaving is { } leaving)
        {
            await leaving.DisposeAsync();
        }
    }
}
