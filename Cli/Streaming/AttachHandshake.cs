using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CriAttach.Wire.Channels;
using CriAttach.Wire.Http;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Cli.Streaming;

/// <summary>Turns a fresh connection into a WebSocket that speaks one of the protocols of attach.</summary>
internal static class AttachHandshake
{
    private const int MaxRefusalText = 4096;
    private const int NotFound = 404;

    /// <summary>Asks for the session.</summary>
    /// <param name="stream">The connection.</param>
    /// <param name="url">The session's URL.</param>
    /// <param name="offers">The protocols, the best first.</param>
    /// <param name="buffer">Room for the head of the answer; afterwards it begins with the session's first bytes.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>How many bytes of the session the buffer holds, and what it speaks.</returns>
    /// <exception cref="AttachRefusedException">The other side refused, or is no gateway.</exception>
    public static async Task<(int Count, StreamProtocol Protocol)> RunAsync(
        Stream stream, Uri url, IReadOnlyList<StreamProtocol> offers, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        string[] names = [.. offers.Select(one => one.Name)];
        var key = WebSocketHandshake.Key(RandomNumberGenerator.GetBytes(WebSocketHandshake.NonceLength));
        var request = new ArrayBufferWriter<byte>();
        WebSocketHandshake.Request(url.Authority, url.PathAndQuery, key, names).Write(request);
        try
        {
            await stream.WriteAsync(request.WrittenMemory, cancellationToken);
            var (head, count) = await ReadHeadAsync(stream, buffer, cancellationToken);
            var verdict = WebSocketHandshake.CheckAnswer(head, key, names, out var name);
            if (verdict == WebSocketAnswerVerdict.Refused)
            {
                throw new AttachRefusedException(await RefusalAsync(stream, url, head, buffer, count, cancellationToken)) { StatusCode = head.StatusCode };
            }

            if (verdict != WebSocketAnswerVerdict.Accepted || offers.FirstOrDefault(one => one.Name == name) is not { } protocol)
            {
                throw new AttachRefusedException(
                    $"{url.Scheme}://{url.Authority} does not speak {names[^1]} ({verdict}): is it a CriAttach gateway, and no proxy between?");
            }

            return (count, protocol);
        }
        catch (Exception fault) when (fault is IOException or HttpFormatException)
        {
            throw new AttachRefusedException(
                $"{url.Scheme}://{url.Authority} broke off the handshake: {fault.Message} Is it a CriAttach gateway's streaming address?", fault);
        }
    }

    private static async Task<(HttpResponseHead Head, int Count)> ReadHeadAsync(
        Stream stream, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = 0;
        while (true)
        {
            if (TryTakeHead(buffer.Span, ref count, out var head))
            {
                return (head, count);
            }

            var read = await stream.ReadAsync(buffer[count..], cancellationToken);
            count += read > 0 ? read : throw new IOException("The connection ended before an answer came.");
        }
    }

    private static bool TryTakeHead(Span<byte> buffer, ref int count, out HttpResponseHead head)
    {
        ReadOnlySpan<byte> unread = buffer[..count];
        if (!HttpResponseHead.TryRead(ref unread, out var read))
        {
            head = null!;
            return false;
        }

        head = read!;
        var rest = unread.Length;
        unread.CopyTo(buffer);
        count = rest;
        return true;
    }

    private static async Task<string> RefusalAsync(
        Stream stream, Uri url, HttpResponseHead head, Memory<byte> buffer, int count, CancellationToken cancellationToken)
    {
        if (head.StatusCode == NotFound)
        {
            return $"{url.Scheme}://{url.Authority} does not know the session: a URL works once and only for about a minute. Attach again";
        }

        var length = int.TryParse(head.Header("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var told)
            ? Math.Min(told, MaxRefusalText)
            : 0;
        while (count < length)
        {
            var read = await stream.ReadAsync(buffer[count..length], cancellationToken);
            if (read == 0)
            {
                break;
            }

            count += read;
        }

        var text = Encoding.UTF8.GetString(buffer.Span[..Math.Min(count, length)]).Trim();
        return $"{url.Scheme}://{url.Authority} refused the session: {head.StatusCode} {head.Reason} {text}".TrimEnd();
    }
}
