using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Text;

namespace CriAttach.Gateway.Upstream;

/// <summary>The unix socket of a container runtime.</summary>
/// <param name="path">Its path.</param>
internal sealed class UpstreamSocket(string path)
{
    /// <summary>How many bytes the kernel takes for a path.</summary>
    public const int MaxPathLength = 107;

    private const string Scheme = "unix://";

    /// <summary>Gets the socket's path.</summary>
    public string Path { get; } = path;

    /// <summary>Reads a setting.</summary>
    /// <param name="text">A path, or <c>unix:///path</c> as kubelets are told.</param>
    /// <param name="socket">The socket.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out UpstreamSocket? socket)
    {
        var path = text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? text[Scheme.Length..] : text;
        var sound = System.IO.Path.IsPathRooted(path) && path.Length > 1 && Encoding.UTF8.GetByteCount(path) <= MaxPathLength;
        socket = sound ? new UpstreamSocket(path) : null;
        return sound;
    }

    /// <summary>Connects. The path is looked up each time: a runtime that starts again makes a new file.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="UpstreamConnectException">The runtime cannot be reached; the message says why.</exception>
    public async ValueTask<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException fault)
        {
            socket.Dispose();
            throw new UpstreamConnectException(Explain(fault), fault);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private string Explain(SocketException fault) => fault.SocketErrorCode switch
    {
        SocketError.AddressNotAvailable when !File.Exists(Path) => "there is no such file; is the runtime running?",
        SocketError.ConnectionRefused => "nobody listens there; is the runtime running?",
        SocketError.AccessDenied => "permission denied",
        _ => fault.Message,
    };
}
