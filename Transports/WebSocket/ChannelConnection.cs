using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Transports.WebSocket;

/// <summary>
/// A client's end of a WebSocket that carries Kubernetes' channels. It takes what servers in the wild send: every frame is a message of its own,
/// text or binary, and what is in it is bytes. One caller reads; any number write. Reading and writing do not wait for each other.
/// </summary>
public sealed partial class ChannelConnection : IAsyncDisposable
{
    // A channel, and what base64 makes of one byte.
    private const int MinSentPayload = 5;

    private readonly Stream _transport;
    private readonly ChannelOptions _options;
    private readonly ChannelWriter _messages;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private Task _answering = Task.CompletedTask;
    private bool _disposed;

    /// <summary>Makes a connection over a WebSocket that stands.</summary>
    /// <param name="transport">The upgraded connection; disposed with this. A read of no bytes should wait until there are some: idle, no buffer is held.</param>
    /// <param name="protocol">What was negotiated.</param>
    /// <param name="options">How it behaves.</param>
    /// <exception cref="ArgumentOutOfRangeException">The longest payload has no room for a byte and its channel.</exception>
    public ChannelConnection(Stream transport, StreamProtocol protocol, ChannelOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxSentPayload, MinSentPayload);
        (_transport, _options, _messages) = (transport, options, new ChannelWriter(protocol));
        _frames = new WebSocketFrameReader(WebSocketRole.Client, options.MaxReceivedPayload);
        _channels = new ChannelReader(protocol, WebSocketRole.Client);
    }

    /// <summary>The negotiated protocol.</summary>
    public StreamProtocol Protocol => _messages.Protocol;

    /// <summary>Sends bytes, in as many messages as it takes.</summary>
    /// <param name="channel">Their channel.</param>
    /// <param name="data">The bytes; the caller's again when this is done.</param>
    /// <param name="cancellationToken">Ends the attempt; a message that is half sent takes the connection with it.</param>
    /// <returns>Completes when the connection can take more.</returns>
    /// <exception cref="IOException">The connection is gone.</exception>
    public async ValueTask WriteAsync(StdioChannel channel, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        // One byte of a payload is the channel; base64 makes four of three.
        var most = Protocol.IsBase64 ? (_options.MaxSentPayload - 1) / 4 * 3 : _options.MaxSentPayload - 1;
        while (!data.IsEmpty)
        {
            var piece = data[..Math.Min(data.Length, most)];
            data = data[piece.Length..];
            var frame = ArrayPool<byte>.Shared.Rent(_messages.MessageLength(piece.Length, masked: true));
            try
            {
                var length = _messages.WriteMessage(frame, channel, piece.Span, NewMaskKey());
                await SendAsync(frame.AsMemory(0, length), cancellationToken);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(frame);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!Interlocked.Exchange(ref _disposed, true))
        {
            // It frees whoever is writing.
            await _transport.DisposeAsync();
            await _answering;
        }
    }

    private static uint NewMaskKey()
    {
        Span<byte> key = stackalloc byte[sizeof(uint)];
        RandomNumberGenerator.Fill(key);
        return BinaryPrimitives.ReadUInt32BigEndian(key);
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await _transport.WriteAsync(frame, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Half a frame may be out: nothing that follows would be understood.
            await _transport.DisposeAsync();
            throw;
        }
        catch (ObjectDisposedException fault)
        {
            throw new IOException("the connection is closed", fault);
        }
        finally
        {
            _writing.Release();
        }
    }

    // Not awaited by the reader: what is to be answered may stand behind input that the server does not read. While an answer waits, further
    // pings go unanswered; the protocol allows it.
    private void Answer(WebSocketOpcode opcode, ReadOnlySpan<byte> payload)
    {
        if (_answering.IsCompleted)
        {
            var frame = new byte[WebSocketFrameWriter.MaxControlFrameLength];
            var length = WebSocketFrameWriter.WriteControl(frame, opcode, payload, NewMaskKey());
            _answering = AnswerAsync(frame.AsMemory(0, length));
        }
    }

    private async Task AnswerAsync(ReadOnlyMemory<byte> frame)
    {
        try
        {
            await SendAsync(frame, CancellationToken.None);
        }
        catch (IOException)
        {
            // Gone: whoever reads or writes next finds out by itself.
        }
    }
}
