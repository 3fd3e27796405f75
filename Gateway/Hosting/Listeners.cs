using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.Hosting;

/// <summary>Opens the listeners, each with its role, and knows the real ports of those whose URLs are told.</summary>
/// <param name="options">Where to listen.</param>
internal sealed class Listeners(IOptions<ListenerOptions> options) : IConfigureOptions<KestrelServerOptions>, IConfigureOptions<SocketTransportOptions>
{
    private const int MaxMessage = 16 * 1024 * 1024;

    // A kubelet makes all its calls on one connection, and some of them last; a runtime knows no limit at all.
    private const int MaxCalls = 10_000;

    // Two frames of output on their way: one is sent while the next is written.
    private const int ResponseBuffer = 256 * 1024;

    private Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions? _stream;
    private Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions? _admin;

    /// <summary>Gets where the streaming listener really is.</summary>
    /// <exception cref="InvalidOperationException">The gateway has not started.</exception>
    public IPEndPoint Stream => _stream?.IPEndPoint ?? throw new InvalidOperationException("the streaming listener is not open yet");

    /// <summary>Gets where the admin API's TCP listener really is.</summary>
    /// <exception cref="InvalidOperationException">There is none, or the gateway has not started.</exception>
    public IPEndPoint Admin => _admin?.IPEndPoint ?? throw new InvalidOperationException("the admin listener is not open");

    /// <inheritdoc/>
    public void Configure(KestrelServerOptions server)
    {
        var where = options.Value;
        server.AddServerHeader = false;

        // A runtime's headers pass byte by byte.
        server.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
        server.Limits.MaxRequestBodySize = MaxMessage;
        server.Limits.MaxResponseBufferSize = ResponseBuffer;

        // A session may be silent for hours, and a client slow: that is its session's business.
        server.Limits.MinRequestBodyDataRate = null;
        server.Limits.MinResponseDataRate = null;
        server.Limits.Http2.MaxStreamsPerConnection = MaxCalls;
        server.Limits.Http2.InitialStreamWindowSize = 1024 * 1024;
        server.Limits.Http2.InitialConnectionWindowSize = MaxMessage;
        if (where.CriSocket.Length > 0)
        {
            server.ListenUnixSocket(where.CriSocket, listen => Open(listen, ListenerRole.Cri, HttpProtocols.Http2));
        }

        if (where.CriAddress.Length > 0)
        {
            server.Listen(IPEndPoint.Parse(where.CriAddress), listen =>
            {
                Open(listen, ListenerRole.CriTcp, HttpProtocols.Http2);
                UseTls(listen, where.CriCertificateFile, where.CriKeyFile, where.CriClientCaFile);
            });
        }

        server.Listen(IPEndPoint.Parse(where.StreamAddress), listen =>
        {
            Open(listen, ListenerRole.Stream, HttpProtocols.Http1);
            _stream = listen;
        });
        if (where.AdminSocket.Length > 0)
        {
            server.ListenUnixSocket(where.AdminSocket, listen => Open(listen, ListenerRole.Admin, HttpProtocols.Http1));
        }

        if (where.AdminAddress.Length > 0)
        {
            server.Listen(IPEndPoint.Parse(where.AdminAddress), listen =>
            {
                Open(listen, ListenerRole.AdminTcp, HttpProtocols.Http1);
                _admin = listen;
            });
        }

        if (where.KubeAddress.Length > 0)
        {
            server.Listen(IPEndPoint.Parse(where.KubeAddress), listen =>
            {
                // HTTP/1.1 alone: HTTP/2 has no upgrade, and attaching is one.
                Open(listen, ListenerRole.Kube, HttpProtocols.Http1);
                UseTls(listen, where.KubeCertificateFile, where.KubeKeyFile, clientCa: "");
            });
        }
    }

    /// <inheritdoc/>
    public void Configure(SocketTransportOptions sockets)
    {
        sockets.MaxWriteBufferSize = ResponseBuffer;

        // Nothing here blocks a thread, so a byte that came may be handled on the thread that received it.
        sockets.UnsafePreferInlineScheduling = true;
        sockets.CreateBoundListenSocket = endpoint => endpoint is UnixDomainSocketEndPoint unix
            ? UnixSocketFile.Bind(unix.ToString())
            : TcpListenSocket.Bind(endpoint);
    }

    private static void Open(Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions listen, ListenerRole role, HttpProtocols protocols)
    {
        var feature = new ListenerFeature(role);
        listen.Protocols = protocols;
        listen.Use(next => connection =>
        {
            connection.Features.Set(feature);
            return next(connection);
        });
    }

    private static void UseTls(Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions listen, string certificate, string key, string clientCa)
    {
        if (certificate.Length == 0)
        {
            return;
        }

        listen.UseHttps(https =>
        {
            https.ServerCertificate = X509Certificate2.CreateFromPemFile(certificate, key);
            if (clientCa.Length > 0)
            {
                var authorities = new X509Certificate2Collection();
                authorities.ImportFromPemFile(clientCa);
                https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                https.ClientCertificateValidation = (shown, _, _) => IsSignedBy(shown, authorities);
            }
        });
    }

    private static bool IsSignedBy(X509Certificate2 certificate, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }
}
