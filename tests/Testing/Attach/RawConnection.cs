using System.Net.Sockets;
using System.Text;
using CriAttach.Wire.Http;

namespace CriAttach.Testing.Attach;

/// <summary>A TCP connection on which a test writes whatever it likes, and reads what comes back.</summary>
public sealed class RawConnection : IDisposable
{
    // It grows for those who receive much: there are tests with thousands of connections.
    private const int FirstBufferSize = 16 * 1024;
    private const int LargestBufferSize = 256 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Socket _socket;
    private byte[] _buffer = new byte[FirstBufferSize];
    private Memory<byte> _received;
    private bool _wasFilled;
    private CancellationTokenSource _timeout = new();

    private RawConnection(Socket socket) => _socket = socket;

    /// <summary>Connects.</summary>
    /// <param name="url">Whose host and port it is.</param>
    /// <param name="receiveBuffer">The size of the kernel's receive buffer; 0 for the usual.</param>
    public static async Task<RawConnection> OpenAsync(Uri url, int receiveBuffer = 0)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (receiveBuffer > 0)
            {
                socket.ReceiveBufferSize = receiveBuffer;
            }

            await socket.ConnectAsync(url.Host, url.Port).ConfigureAwait(false);
            return new RawConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends bytes.</summary>
    /// <exception cref="TimeoutException">The peer does not read.</exception>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _socket.SendAsync(bytes, cancellationToken).ConfigureAwait(false)..];
        }
    }

    /// <summary>Sends text.</summary>
    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Reads the head of an HTTP answer.</summary>
    /// <exception cref="EndOfStreamException">The connection ended before.</exception>
    public async Task<HttpResponseHead> ReadHeadAsync()
    {
        HttpResponseHead? head;
        while (!TryReadHead(out head))
        {
            if (!await ReceiveAsync().ConfigureAwait(false))
            {
                throw new EndOfStreamException("The connection ended before the head of the answer.");
            }
        }

        return head!;
    }

    /// <summary>Reads the body of an answer: as much as its length says, or all that there is.</summary>
    public async Task<string> ReadBodyAsync(HttpResponseHead head)
    {
        var length = int.TryParse(head.Header("Content-Length"), out var said) ? said : int.MaxValue;
        if (string.Equals(head.Header("Transfer-Encoding"), "chunked", StringComparison.OrdinalIgnoreCase))
        {
            return await ReadChunksAsync().ConfigureAwait(false);
        }

        StringBuilder text = new();
        while (text.Length < length && (!_received.IsEmpty || await ReceiveAsync().ConfigureAwait(false)))
        {
            var count = Math.Min(length - text.Length, _received.Length);
            text.Append(Encoding.Latin1.GetString(_received.Span[..count]));
            _received = _received[count..];
        }

        return text.ToString();
    }

    /// <summary>Received and not consumed.</summary>
    internal ref Memory<byte> Received => ref _received;

    /// <summary>Receives more. What is left of the buffer moves to its front.</summary>
    /// <param name="limit">The most to receive; 0 for what fits.</param>
    /// <param name="patience">How long that may take; 30 s unless said otherwise.</param>
    /// <returns><c>false</c> when the peer has ended the connection in good order.</returns>
    /// <exception cref="SocketException">The connection was reset.</exception>
    /// <exception cref="TimeoutException">Nothing came.</exception>
    public async Task<bool> ReceiveAsync(int limit = 0, TimeSpan? patience = null)
    {
        var left = _received.Length;
        var buffer = _wasFilled && _buffer.Length < LargestBufferSize ? new byte[_buffer.Length * 2] : _buffer;
        _received.CopyTo(buffer);
        _buffer = buffer;
        var room = buffer.AsMemory(left);
        if (limit > 0 && limit < room.Length)
        {
            room = room[..limit];
        }

        var wait = patience ?? Patience;
        if (!_timeout.TryReset())
        {
            _timeout.Dispose();
            _timeout = new CancellationTokenSource();
        }

        _timeout.CancelAfter(wait);
        int read;
        try
        {
            read = await _socket.ReceiveAsync(room, _timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Nothing was received for {wait.TotalSeconds} s.");
        }

        _received = buffer.AsMemory(0, left + read);
        _wasFilled = _received.Length == buffer.Length;
        return read > 0;
    }

    /// <summary>Ends the connection as a crashed peer's kernel does: at once, with a reset.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _timeout.Dispose();
    }

    private bool TryReadHead(out HttpResponseHead? head)
    {
        ReadOnlySpan<byte> rest = _received.Span;
        if (!HttpResponseHead.TryRead(ref rest, out head))
        {
            return false;
        }

        _received = _received[^rest.Length..];
        return true;
    }

    private async Task<string> ReadChunksAsync()
    {
        StringBuilder raw = new();
        while (!raw.ToString().EndsWith("0\r\n\r\n", StringComparison.Ordinal))
        {
            raw.Append(Encoding.Latin1.GetString(_received.Span));
            _received = default;
            if (!raw.ToString().EndsWith("0\r\n\r\n", StringComparison.Ordinal) && !await ReceiveAsync().ConfigureAwait(false))
            {
                throw new EndOfStreamException("The connection ended within a chunked body.");
            }
        }

        StringBuilder text = new();
        for (var rest = raw.ToString(); ;)
        {
            var line = rest.IndexOf("\r\n", StringComparison.Ordinal);
            var size = Convert.ToInt32(rest[..line], 16);
            if (size == 0)
            {
                return text.ToString();
            }

            text.Append(rest, line + 2, size);
            rest = rest[(line + 2 + size + 2)..];
        }
    }
}
