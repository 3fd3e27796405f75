using System.Collections.Concurrent;
using System.Net.Sockets;

namespace CriAttach.Testing.Upstream;

/// <summary>Stands between a client and a server on unix sockets, passes every byte, and writes down the bodies of the calls.</summary>
public sealed class SocketTap : IAsyncDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<TappedCall> _calls = [];
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly string _serverPath;
    private readonly Task _accepting;

    /// <summary>Begins to listen.</summary>
    /// <param name="path">Where clients connect.</param>
    /// <param name="serverPath">The server.</param>
    public SocketTap(string path, string serverPath)
    {
        _serverPath = serverPath;
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    /// <summary>Takes the calls that have ended since the last time, in the order of their ends.</summary>
    public IReadOnlyList<TappedCall> Take()
    {
        List<TappedCall> calls = [];
        while (_calls.TryDequeue(out var call))
        {
            calls.Add(call);
        }

        return calls;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        await Task.WhenAll(_connections).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _connections.Add(ServeAsync(await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false)));
            }
            catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The tap is closed.
                return;
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using (client)
        using (Socket server = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            await server.ConnectAsync(new UnixDomainSocketEndPoint(_serverPath)).ConfigureAwait(false);
            Http2Bodies up = new(hasPreface: true);
            Http2Bodies? down = null;
            down = new Http2Bodies(hasPreface: false, stream => _calls.Enqueue(new TappedCall(up.Take(stream), down!.Take(stream))));
            await Task.WhenAll(CopyAsync(client, server, up), CopyAsync(server, client, down)).ConfigureAwait(false);
        }
    }

    private async Task CopyAsync(Socket from, Socket to, Http2Bodies bodies)
    {
        var buffer = new byte[BufferSize];
        try
        {
            while (await from.ReceiveAsync(buffer, _stop.Token).ConfigureAwait(false) is var count and > 0)
            {
                bodies.Add(buffer.AsSpan(0, count));
                await to.SendAsync(buffer.AsMemory(0, count), _stop.Token).ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One side is gone; the other side learns of it.
        }

        Close(from);
        Close(to);
    }

    private static void Close(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }
    }
}
