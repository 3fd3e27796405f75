using System.Globalization;
using CriAttach.Testing.Attach;
using CriAttach.Transports.Dialing;
using CriAttach.Transports.Spdy;
using CriAttach.Wire.Spdy;

namespace CriAttach.Testing.PortForward;

/// <summary>A client that forwards ports as kubectl does: a pair of streams for each connection, with a request id.</summary>
public sealed class ForwardingClient : IAsyncDisposable
{
    /// <summary>The protocol over SPDY.</summary>
    public const string Protocol = "portforward.k8s.io";

    /// <summary>The protocol of SPDY inside WebSocket.</summary>
    public const string TunnelProtocol = "SPDY/3.1+portforward.k8s.io";

    private readonly SpdyConnection _connection;
    private int _requests;

    private ForwardingClient(SpdyConnection connection) => _connection = connection;

    /// <summary>The connection's end.</summary>
    public Task<SpdyEnd> Ended => _connection.Completion;

    /// <summary>Opens a connection.</summary>
    /// <param name="url">The URL that a port-forward call returned.</param>
    /// <param name="tunnel">Whether by SPDY inside WebSocket.</param>
    public static async Task<ForwardingClient> OpenAsync(Uri url, bool tunnel)
    {
        SpdyOptions options = new() { PingInterval = TimeSpan.FromSeconds(5) };
        if (!tunnel)
        {
            var dialed = await new SpdyDialer(options, TimeProvider.System).DialAsync(url, [Protocol], CancellationToken.None).ConfigureAwait(false);
            return new ForwardingClient(dialed.Connection);
        }

        var socket = await RawWebSocket.OpenAsync(url, TunnelProtocol).ConfigureAwait(false);
        SpdyConnection connection = new(new TunnelClientStream(socket), SpdyRole.Client, options, TimeProvider.System);
        connection.Start();
        return new ForwardingClient(connection);
    }

    /// <summary>Begins a connection to a port of the pod.</summary>
    public Task<ForwardedConnection> ConnectAsync(int port) => ConnectAsync(port.ToString(CultureInfo.InvariantCulture));

    /// <summary>Begins a connection to anything that stands for a port.</summary>
    public async Task<ForwardedConnection> ConnectAsync(string port)
    {
        var request = Interlocked.Increment(ref _requests).ToString(CultureInfo.InvariantCulture);
        var error = await OpenAsync("error", port, request).ConfigureAwait(false);
        await error.FinishAsync().ConfigureAwait(false);
        return new ForwardedConnection(await OpenAsync("data", port, request).ConfigureAwait(false), error);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private Task<SpdyStream> OpenAsync(string type, string port, string request) => _connection.OpenAsync(new SpdyHeaders(
        new KeyValuePair<string, string>("streamType", type),
        new KeyValuePair<string, string>("port", port),
        new KeyValuePair<string, string>("requestID", request)));
}
