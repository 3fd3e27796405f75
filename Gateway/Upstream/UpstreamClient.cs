using System.Net;
using System.Text;
using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.Upstream;

/// <summary>HTTP/2 to the runtime's socket. A connection that broke is not missed: the next call makes another one, without a pause.</summary>
internal sealed class UpstreamClient : IDisposable
{
    private const int StreamWindow = 4 * 1024 * 1024;
    private const int MaxHeadersKilobytes = 128;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly UpstreamSocket? _socket;

    /// <summary>Makes the client; it connects with the first call.</summary>
    /// <param name="options">Where the runtime is.</param>
    public UpstreamClient(IOptions<UpstreamOptions> options)
    {
        _socket = UpstreamSocket.TryParse(options.Value.Socket, out var socket) ? socket : null;
        Invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = (_, cancellationToken) => Socket.ConnectAsync(cancellationToken),
            ConnectTimeout = ConnectTimeout,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,

            // A runtime that takes only so many calls on one connection gets another one.
            EnableMultipleHttp2Connections = true,
            InitialHttp2StreamWindowSize = StreamWindow,
            MaxResponseHeadersLength = MaxHeadersKilobytes,

            // What goes through is the client's business: nothing is added, followed, kept or unpacked.
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,

            // Kestrel reads a request's headers as UTF-8; those of responses are written as Latin-1 again.
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
            ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        });
    }

    /// <summary>Gets a value indicating whether there is a runtime to pass calls to.</summary>
    public bool IsConfigured => _socket is not null;

    /// <summary>Gets the runtime's socket.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public UpstreamSocket Socket => _socket ?? throw new InvalidOperationException($"{UpstreamOptions.Section}:Socket is not set");

    /// <summary>Gets what sends requests to the runtime.</summary>
    public HttpMessageInvoker Invoker { get; }

    /// <inheritdoc/>
    public void Dispose() => Invoker.Dispose();
}
