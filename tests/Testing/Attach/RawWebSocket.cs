using System.Buffers;
using System.Security.Cryptography;
using CriAttach.Wire.Http;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Testing.Attach;

/// <summary>A WebSocket client that sends any frame, also those that no client should.</summary>
public sealed class RawWebSocket : IDisposable
{
    // The mask protects proxies from scripts, and there is neither here.
    private const uint MaskKey = 0x37FA213D;

    private readonly RawConnection _connection;
    private readonly WebSocketFrameReader _frames = new(WebSocketRole.Client);

    private RawWebSocket(RawConnection connection, HttpResponseHead answer, string protocol)
    {
        _connection = connection;
        Answer = answer;
        Protocol = protocol;
    }

    /// <summary>The server's answer to the handshake.</summary>
    public HttpResponseHead Answer { get; }

    /// <summary>The protocol that the server chose; empty for none.</summary>
    public string Protocol { get; }

    /// <summary>The connection below.</summary>
    public RawConnection Connection => _connection;

    /// <summary>Connects and upgrades.</summary>
    /// <param name="url">The URL that an attach call returned.</param>
    /// <param name="offered">The protocols, the favourite first.</param>
    /// <exception cref="WebSocketRefusedException">The server refused.</exception>
    public static Task<RawWebSocket> OpenAsync(Uri url, params string[] offered) => OpenAsync(url, offered, [], receiveBuffer: 0);

    /// <summary>Connects and upgrades.</summary>
    /// <param name="url">The URL that an attach call returned.</param>
    /// <param name="offered">The protocols, the favourite first.</param>
    /// <param name="headers">Further headers.</param>
    /// <param name="receiveBuffer">The size of the kernel's receive buffer; 0 for the usual.</param>
    /// <param name="host">The <c>Host</c> header; the URL's when null.</param>
    /// <exception cref="WebSocketRefusedException">The server refused.</exception>
    public static async Task<RawWebSocket> OpenAsync(
        Uri url, IReadOnlyList<string> offered, IReadOnlyList<KeyValuePair<string, string>> headers, int receiveBuffer, string? host = null)
    {
        var connection = await RawConnection.OpenAsync(url, receiveBuffer).ConfigureAwait(false);
        try
        {
            var key = WebSocketHandshake.Key(RandomNumberGenerator.GetBytes(WebSocketHandshake.NonceLength));
            var request = WebSocketHandshake.Request(host ?? url.Authority, url.PathAndQuery, key, offered);
            request = headers.Aggregate(request, (so, header) => so.With(header.Key, header.Value));
            ArrayBufferWriter<byte> bytes = new();
            request.Write(bytes);
            await connection.SendAsync(bytes.WrittenMemory).ConfigureAwait(false);
            var answer = await connection.ReadHeadAsync().ConfigureAwait(false);
            var verdict = WebSocketHandshake.CheckAnswer(answer, key, offered, out var protocol);
            return verdict == WebSocketAnswerVerdict.Accepted
                ? new RawWebSocket(connection, answer, protocol)
                : throw new WebSocketRefusedException(verdict, answer, await connection.ReadBodyAsync(answer).ConfigureAwait(false));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A frame as it goes over the wire.</summary>
    /// <param name="opcode">The opcode; any four bits.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="final">The FIN bit.</param>
    /// <param name="masked">Whether it is masked, as a client's must be.</param>
    public static byte[] Frame(WebSocketOpcode opcode, ReadOnlySpan<byte> payload, bool final = true, bool masked = true)
    {
        uint? key = masked ? MaskKey : null;
        var frame = new byte[WebSocketFrameWriter.HeaderLength(payload.Length, masked) + payload.Length];
        var header = WebSocketFrameWriter.WriteHeader(frame, opcode, payload.Length, final, key);
        payload.CopyTo(frame.AsSpan(header));
        if (masked)
        {
            WebSocketFrameWriter.Mask(frame.AsSpan(header), MaskKey);
        }

        return frame;
    }

    /// <summary>Sends a frame.</summary>
    /// <param name="opcode">The opcode.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="final">The FIN bit.</param>
    /// <param name="masked">Whether it is masked.</param>
    public Task SendAsync(WebSocketOpcode opcode, ReadOnlySpan<byte> payload, bool final = true, bool masked = true) =>
        _connection.SendAsync(Frame(opcode, payload, final, masked));

    /// <summary>Sends a close frame.</summary>
    public Task SendCloseAsync(ushort code = WebSocketCloseCode.Normal)
    {
        var frame = new byte[WebSocketFrameWriter.MaxControlFrameLength];
        return _connection.SendAsync(frame.AsMemory(0, WebSocketFrameWriter.WriteClose(frame, code, "", MaskKey)));
    }

    /// <summary>Reads the next piece of a frame, valid until the next call.</summary>
    /// <param name="limit">The most to receive at a time; 0 for what fits.</param>
    /// <param name="patience">How long to wait for it; 30 s unless said otherwise.</param>
    /// <returns>None when the server has ended the connection in good order.</returns>
    public async Task<WebSocketPiece?> ReadPieceAsync(int limit = 0, TimeSpan? patience = null)
    {
        WebSocketPiece piece;
        while (!_frames.TryRead(ref _connection.Received, out piece))
        {
            if (!await _connection.ReceiveAsync(limit, patience).ConfigureAwait(false))
            {
                return null;
            }
        }

        return piece;
    }

    /// <summary>Reads a whole frame.</summary>
    /// <returns>None when the server has ended the connection in good order.</returns>
    public async Task<RawFrame?> ReadFrameAsync()
    {
        List<byte> payload = [];
        while (await ReadPieceAsync().ConfigureAwait(false) is { } piece)
        {
            payload.AddRange(piece.Payload.Span);
            if (piece.EndsFrame)
            {
                return new RawFrame(piece.Opcode, piece.Final, [.. payload]);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();
}
