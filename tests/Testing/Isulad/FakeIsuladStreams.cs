using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using CriAttach.Protos.Runtime.V1;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Testing.Isulad;

/// <summary>
/// iSulad's streaming server: WebSocket on 127.0.0.1 and nothing else. Whoever comes with a wrong path, a used token or another protocol is cut
/// off without an answer.
/// </summary>
internal sealed class FakeIsuladStreams : IAsyncDisposable
{
    private const string Prefix = "GET /cri/attach/";
    private const string Protocol = "channel.k8s.io";
    private const int MaxHead = 8 * 1024;
    private static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(1);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, (FakeIsuladContainer Container, AttachRequest Request, DateTimeOffset Expires)> _tokens = [];
    private readonly ConcurrentDictionary<NetworkStream, Task> _connections = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public FakeIsuladStreams()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Makes a URL that is good for one connection to a container.</summary>
    public string Issue(FakeIsuladContainer container, AttachRequest request)
    {
        var token = Convert.ToBase64String(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24))));
        _tokens[token] = (container, request, TimeProvider.System.GetUtcNow() + TokenLife);
        return $"ws://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/cri/attach/{token}";
    }

    /// <summary>Cuts every connection, as a crash does.</summary>
    public async Task CutAsync()
    {
        foreach (var connection in _connections.Keys)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        await CutAsync().ConfigureAwait(false);
        await Task.WhenAll(_connections.Values).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var connection = new NetworkStream(await _listener.AcceptSocketAsync(_stop.Token).ConfigureAwait(false), ownsSocket: true);
                _connections[connection] = Task.CompletedTask;
                _connections[connection] = ServeAsync(connection);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(NetworkStream connection)
    {
        try
        {
            if (Accept(await ReadHeadAsync(connection).ConfigureAwait(false)) is var (answer, container, request))
            {
                await connection.WriteAsync(Encoding.ASCII.GetBytes(answer)).ConfigureAwait(false);
                await new FakeIsuladSession(connection, container, request).RunAsync().ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException)
        {
            // The client is gone, or everything was cut.
        }
        finally
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            _connections.TryRemove(connection, out _);
        }
    }

    private static async Task<string[]> ReadHeadAsync(NetworkStream connection)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (head.Length < MaxHead && !head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await connection.ReadExactlyAsync(one).ConfigureAwait(false);
            head.Append((char)one[0]);
        }

        return head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }

    private (string Answer, FakeIsuladContainer Container, AttachRequest Request)? Accept(string[] head)
    {
        var headers = head.Skip(1).Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries)).Where(parts => parts.Length == 2)
            .ToLookup(parts => parts[0], parts => parts[1], StringComparer.OrdinalIgnoreCase);
        var offers = headers["Sec-WebSocket-Protocol"].SelectMany(line => line.Split(',', StringSplitOptions.TrimEntries)).ToArray();
        var key = headers["Sec-WebSocket-Key"].FirstOrDefault();
        var isSound = head.Length > 0 && head[0].StartsWith(Prefix, StringComparison.Ordinal) && key is not null
            && headers["Upgrade"].Contains("websocket", StringComparer.OrdinalIgnoreCase)
            && (offers.Length == 0 || offers.Contains(Protocol, StringComparer.Ordinal));
        if (!isSound || !_tokens.TryRemove(head[0][Prefix.Length..].Split(' ')[0], out var session) || session.Expires < TimeProvider.System.GetUtcNow())
        {
            return null;
        }

        var chosen = offers.Length > 0 ? $"Sec-WebSocket-Protocol: {Protocol}\r\n" : "";
        return (
            $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {WebSocketHandshake.AcceptKey(key!)}\r\n{chosen}\r\n",
            session.Container,
            session.Request);
    }
}
