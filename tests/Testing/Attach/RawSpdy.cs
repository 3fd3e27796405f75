using System.Buffers;
using System.Net.Sockets;
using CriAttach.Wire.Http;
using CriAttach.Wire.Spdy;

namespace CriAttach.Testing.Attach;

/// <summary>A SPDY client that sends any bytes, also those that no client should, and shows every frame as it came.</summary>
public sealed class RawSpdy : IDisposable
{
    private readonly RawConnection _connection;
    private readonly SpdyFrameReader _frames = new(SpdyLimits.Default);
    private readonly SpdyFrameWriter _writer = new();

    private RawSpdy(RawConnection connection, HttpResponseHead answer) => (_connection, Answer) = (connection, answer);

    /// <summary>The server's answer to the upgrade.</summary>
    public HttpResponseHead Answer { get; }

    /// <summary>The connection below.</summary>
    public RawConnection Connection => _connection;

    /// <summary>Connects and upgrades.</summary>
    /// <param name="url">The URL that an attach call returned.</param>
    /// <param name="protocols">What is offered, the favourite first.</param>
    /// <exception cref="InvalidOperationException">The server refused.</exception>
    public static Task<RawSpdy> OpenAsync(Uri url, params string[] protocols) =>
        OpenAsync(url, SpdyHandshake.Request(url.Authority, url.PathAndQuery, protocols));

    /// <summary>Connects and upgrades by a request of one's own.</summary>
    /// <param name="url">The URL that an attach call returned.</param>
    /// <param name="request">The request.</param>
    /// <exception cref="InvalidOperationException">The server refused.</exception>
    public static async Task<RawSpdy> OpenAsync(Uri url, HttpUpgradeRequest request)
    {
        var connection = await RawConnection.OpenAsync(url).ConfigureAwait(false);
        try
        {
            ArrayBufferWriter<byte> bytes = new();
            request.Write(bytes);
            await connection.SendAsync(bytes.WrittenMemory).ConfigureAwait(false);
            var answer = await connection.ReadHeadAsync().ConfigureAwait(false);
            return answer.StatusCode == 101
                ? new RawSpdy(connection, answer)
                : throw new InvalidOperationException($"{answer.StatusCode}: {await connection.ReadBodyAsync(answer).ConfigureAwait(false)}");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Sends bytes.</summary>
    /// <param name="hex">The bytes; blanks do not count.</param>
    public Task SendAsync(string hex) => _connection.SendAsync(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

    /// <summary>Opens a stream, and does not wait for the reply.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="type">Its type; no header at all when null.</param>
    public Task OpenStreamAsync(uint id, string? type)
    {
        var headers = type is null ? SpdyHeaders.Empty : new SpdyHeaders(new KeyValuePair<string, string>("streamType", type));
        return SendAsync((writer, output) => writer.SynStream(output, id, SpdyFlags.None, headers));
    }

    /// <summary>Opens streams with the ids 1, 3, 5 and so on, and takes their replies.</summary>
    /// <param name="types">Their types.</param>
    public async Task OpenStreamsAsync(params string[] types)
    {
        for (var i = 0; i < types.Length; i++)
        {
            var id = (uint)(1 + (2 * i));
            await OpenStreamAsync(id, types[i]).ConfigureAwait(false);
            await ReplyAsync(id).ConfigureAwait(false);
        }
    }

    /// <summary>Takes the reply to a stream: the next frame.</summary>
    /// <param name="id">The stream.</param>
    public async Task ReplyAsync(uint id)
    {
        var reply = await ReadAsync().ConfigureAwait(false);
        if (reply is not { Type: SpdyFrameType.SynReply } || reply.StreamId != id)
        {
            throw new InvalidOperationException($"Instead of the reply to stream {id} came {reply}.");
        }
    }

    /// <summary>Sends data.</summary>
    /// <param name="id">The stream.</param>
    /// <param name="data">The data.</param>
    /// <param name="fin">The FIN flag.</param>
    public Task DataAsync(uint id, ReadOnlySpan<byte> data, bool fin = false)
    {
        ArrayBufferWriter<byte> output = new();
        SpdyFrameWriter.DataHeader(output, id, fin ? SpdyFlags.Fin : SpdyFlags.None, data.Length);
        output.Write(data);
        return _connection.SendAsync(output.WrittenMemory);
    }

    /// <summary>Sends what the codec writes.</summary>
    /// <param name="write">Writes it.</param>
    public Task SendAsync(Action<SpdyFrameWriter, IBufferWriter<byte>> write)
    {
        ArrayBufferWriter<byte> output = new();
        write(_writer, output);
        return _connection.SendAsync(output.WrittenMemory);
    }

    /// <summary>Reads a whole frame.</summary>
    /// <returns>None when the server has ended the connection in good order.</returns>
    public async Task<RawSpdyFrame?> ReadAsync(TimeSpan? patience = null)
    {
        List<byte> payload = [];
        while (true)
        {
            ReadOnlyMemory<byte> rest = _connection.Received;
            var complete = _frames.TryRead(ref rest, out var piece);
            payload.AddRange(piece.Payload.Span);
            _connection.Received = _connection.Received[^rest.Length..];
            if (complete && piece.EndsFrame)
            {
                return new RawSpdyFrame(piece.Type, (piece.Flags & SpdyFlags.Fin) != 0, piece.StreamId, piece.Value, [.. payload]);
            }

            if (!complete && !await _connection.ReceiveAsync(patience: patience).ConfigureAwait(false))
            {
                return null;
            }
        }
    }

    /// <summary>Reads until the server ends the connection, in whatever way.</summary>
    /// <returns>The frames that came before.</returns>
    public async Task<IReadOnlyList<RawSpdyFrame>> ReadToEndAsync(TimeSpan? patience = null)
    {
        List<RawSpdyFrame> frames = [];
        try
        {
            while (await ReadAsync(patience).ConfigureAwait(false) is { } frame)
            {
                frames.Add(frame);
            }
        }
        catch (SocketException)
        {
            // Cut, which is an end too.
        }

        return frames;
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();
}
