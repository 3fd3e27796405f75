using System.Buffers;
using System.Net.Sockets;
using System.Text;
using CriAttach.Wire;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Testing.Attach;

/// <summary>A whole attach client over WebSocket: it reads all the time, and gathers what comes.</summary>
public sealed class AttachClient : IAsyncDisposable
{
    private const uint MaskKey = 0x1B3A5C7D;
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(20);

    private readonly AttachClientOptions _options;
    private readonly ChannelWriter _writer;
    private readonly ChannelReader _reader;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly List<RawFrame> _pongs = [];
    private readonly StringBuilder _status = new();
    private TaskCompletionSource _ponged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _outputAfterStatus;

    private AttachClient(RawWebSocket socket, StreamProtocol protocol, AttachClientOptions options)
    {
        Socket = socket;
        Protocol = protocol;
        _options = options;
        _writer = new ChannelWriter(protocol);
        _reader = new ChannelReader(protocol, WebSocketRole.Client, int.MaxValue);
        Ended = Task.Run(ReadAsync);
    }

    /// <summary>The WebSocket below.</summary>
    public RawWebSocket Socket { get; }

    /// <summary>The protocol that the server chose.</summary>
    public StreamProtocol Protocol { get; }

    /// <summary>Standard output, unless a sink takes it.</summary>
    public OutputBuffer Stdout { get; } = new("stdout");

    /// <summary>Standard error, unless a sink takes it.</summary>
    public OutputBuffer Stderr { get; } = new("stderr");

    /// <summary>The session's end: after the server's close frame, our answer and the end of the connection.</summary>
    public Task<AttachEnd> Ended { get; }

    /// <summary>Opens a session.</summary>
    /// <param name="url">The URL that an attach call returned.</param>
    /// <param name="protocol">The one protocol that is offered.</param>
    /// <param name="options">How the client behaves.</param>
    /// <exception cref="WebSocketRefusedException">The server refused.</exception>
    public static async Task<AttachClient> OpenAsync(Uri url, StreamProtocol protocol, AttachClientOptions? options = null)
    {
        options ??= new AttachClientOptions();
        string[] offered = protocol.Name.Length > 0 ? [protocol.Name] : [];
        var socket = await RawWebSocket.OpenAsync(url, offered, [], options.ReceiveBuffer).ConfigureAwait(false);
        return new AttachClient(socket, protocol, options);
    }

    /// <summary>Sends input.</summary>
    public Task InputAsync(ReadOnlyMemory<byte> bytes) => MessageAsync(StdioChannel.Stdin, bytes);

    /// <summary>Sends input.</summary>
    public Task InputAsync(string text) => InputAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Sends a message on any channel.</summary>
    public async Task MessageAsync(StdioChannel channel, ReadOnlyMemory<byte> payload)
    {
        var length = _writer.MessageLength(payload.Length, masked: true);
        var message = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            await SendRawAsync(message.AsMemory(0, _writer.WriteMessage(message.AsSpan(0, length), channel, payload.Span, MaskKey))).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(message);
        }
    }

    /// <summary>Tells the size of the terminal.</summary>
    public Task ResizeAsync(ushort width, ushort height)
    {
        var text = new byte[ResizeWriter.MaxLength];
        return MessageAsync(StdioChannel.Resize, text.AsMemory(0, ResizeWriter.Write(text, new WindowSize(width, height))));
    }

    /// <summary>Ends the input; v5 only.</summary>
    public Task EndInputAsync()
    {
        var message = new byte[_writer.MessageLength(1, masked: true)];
        return SendRawAsync(message.AsMemory(0, _writer.WriteCloseSignal(message, StdioChannel.Stdin, MaskKey)));
    }

    /// <summary>Sends bytes as they are.</summary>
    public async Task SendRawAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await Socket.Connection.SendAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Sends a frame.</summary>
    public Task SendFrameAsync(WebSocketOpcode opcode, ReadOnlySpan<byte> payload, bool final = true, bool masked = true) =>
        SendRawAsync(RawWebSocket.Frame(opcode, payload, final, masked));

    /// <summary>Sends a ping and waits for the pong with the same payload.</summary>
    /// <exception cref="TimeoutException">It did not come.</exception>
    public async Task PingAsync(byte[] payload, TimeSpan limit)
    {
        await SendFrameAsync(WebSocketOpcode.Ping, payload).ConfigureAwait(false);
        await PongAsync(pong => pong.Payload.AsSpan().SequenceEqual(payload), limit).ConfigureAwait(false);
    }

    /// <summary>Waits for any pong.</summary>
    /// <exception cref="TimeoutException">It did not come.</exception>
    public Task PongAsync(TimeSpan limit) => PongAsync(_ => true, limit);

    /// <summary>Waits for the session's end.</summary>
    /// <exception cref="TimeoutException">It goes on.</exception>
    public async Task<AttachEnd> EndAsync(TimeSpan? limit = null)
    {
        var patience = limit ?? ClosePatience;
        try
        {
            return await Ended.WaitAsync(patience, TimeProvider.System).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The session goes on after {patience.TotalSeconds} s; stdout has {Stdout.Length} bytes, stderr {Stderr.Length}, the status is '{_status}'.");
        }
    }

    /// <summary>Closes the session as a client does that is done, and waits for its end.</summary>
    public async Task<AttachEnd> CloseAsync()
    {
        await SendCloseAsync().ConfigureAwait(false);
        return await EndAsync().ConfigureAwait(false);
    }

    /// <summary>Ends the connection without a word, by a reset.</summary>
    public void Reset() => Socket.Connection.Reset();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Socket.Dispose();
        await Ended.ConfigureAwait(false);
        _sending.Dispose();
    }

    private async Task PongAsync(Func<RawFrame, bool> isExpected, TimeSpan limit)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            Task ponged;
            lock (_pongs)
            {
                if (_pongs.Any(isExpected))
                {
                    return;
                }

                ponged = _ponged.Task;
            }

            var left = limit - TimeProvider.System.GetElapsedTime(start);
            try
            {
                await ponged.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, TimeProvider.System).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"The pong did not come within {limit.TotalSeconds} s; stdout has {Stdout.Length} bytes.");
            }
        }
    }

    private async Task SendCloseAsync()
    {
        await _sending.WaitAsync().ConfigureAwait(false);
        try
        {
            await Socket.SendCloseAsync().ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task<AttachEnd> ReadAsync()
    {
        var end = new AttachEnd();
        try
        {
            await ReadFramesAsync(close => end = close).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is SocketException or IOException or TimeoutException or ObjectDisposedException or WebSocketProtocolException)
        {
            end = end with { Fault = $"{fault.GetType().Name}: {fault.Message}" };
        }

        end = end with { Status = _status.ToString(), OutputAfterStatus = _outputAfterStatus };
        Stdout.End(end);
        Stderr.End(end);
        return end;
    }

    private async Task ReadFramesAsync(Action<AttachEnd> onClose)
    {
        var start = TimeProvider.System.GetTimestamp();
        long total = 0;
        while (await Socket.ReadPieceAsync(_options.BytesPerSecond > 0 ? Math.Max(1, _options.BytesPerSecond / 10) : 0, _options.Patience).ConfigureAwait(false) is { } piece)
        {
            total += piece.Payload.Length;
            if (piece.Opcode == WebSocketOpcode.Close)
            {
                WebSocketFrameWriter.ReadClose(piece.Payload.Span, out var code, out var reason);
                onClose(new AttachEnd { CloseCode = code, CloseReason = reason });
                await SendCloseAsync().ConfigureAwait(false);
            }
            else if (piece.Opcode == WebSocketOpcode.Pong)
            {
                OnPong(piece);
            }
            else if (!piece.IsControl)
            {
                OnData(_reader.Read(piece));
            }

            await PaceAsync(start, total).ConfigureAwait(false);
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

    private void OnPong(in WebSocketPiece piece)
    {
        lock (_pongs)
        {
            _pongs.Add(new RawFrame(piece.Opcode, piece.Final, piece.Payload.ToArray()));
            _ponged.TrySetResult();
            _ponged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private void OnData(in ChannelPiece piece)
    {
        if (piece.Kind != ChannelPieceKind.Data || piece.Payload.IsEmpty)
        {
            return;
        }

        if (piece.Channel == StdioChannel.Status)
        {
            _status.Append(Encoding.UTF8.GetString(piece.Payload.Span));
            return;
        }

        _outputAfterStatus |= _status.Length > 0;
        if (_options.Sink is { } sink)
        {
            sink(piece.Channel, piece.Payload.Span);
        }
        else
        {
            (piece.Channel == StdioChannel.Stdout ? Stdout : Stderr).Append(piece.Payload.Span);
        }
    }
}
