using CriAttach.Testing.Attach;
using CriAttach.Wire.Channels;

namespace CriAttach.EndToEnd.Tests.Relay;

/// <summary>A client of an exec over any transport.</summary>
internal sealed class ExecClient : IAsyncDisposable
{
    private const string SpdyPrefix = "spdy ";

    private readonly AttachClient? _socket;
    private readonly SpdyAttachClient? _spdy;

    private ExecClient(AttachClient? socket, SpdyAttachClient? spdy) => (_socket, _spdy) = (socket, spdy);

    /// <summary>Every transport with every protocol; the names are what <see cref="OpenAsync"/> takes.</summary>
    public static IReadOnlyList<string> Transports { get; } =
    [
        .. ((string[])["v4", "v3", "v2"]).Select(version => $"{SpdyPrefix}{version}.channel.k8s.io"),
        SpdyPrefix + "channel.k8s.io",
        .. StreamProtocol.Named.Select(protocol => protocol.Name),
        "",
    ];

    public OutputBuffer Stdout => _socket?.Stdout ?? _spdy!.Stdout;

    public OutputBuffer Stderr => _socket?.Stderr ?? _spdy!.Stderr;

    /// <summary>Whether a transport can end the input and go on.</summary>
    public static bool CanEndInput(string transport) => transport.StartsWith(SpdyPrefix, StringComparison.Ordinal) || transport == StreamProtocol.V5.Name;

    /// <summary>Whether a transport tells the status as JSON.</summary>
    public static bool HasJson(string transport) => transport.Contains("v4.", StringComparison.Ordinal) || transport.Contains("v5.", StringComparison.Ordinal);

    /// <summary>Whether a transport tells nothing of a status.</summary>
    public static bool IsMute(string transport) => transport == SpdyPrefix + "channel.k8s.io";

    public static async Task<ExecClient> OpenAsync(Uri url, string transport, bool stdin = true, bool tty = false)
    {
        if (!transport.StartsWith(SpdyPrefix, StringComparison.Ordinal))
        {
            Assert.True(StreamProtocol.TryParse(transport, out var protocol));
            return new ExecClient(await AttachClient.OpenAsync(url, protocol), spdy: null);
        }

        var version = transport[SpdyPrefix.Length..];
        var resizes = tty && (version.StartsWith("v4", StringComparison.Ordinal) || version.StartsWith("v3", StringComparison.Ordinal));
        string?[] streams = ["error", stdin ? "stdin" : null, "stdout", tty ? null : "stderr", resizes ? "resize" : null];
        return new ExecClient(socket: null, await SpdyAttachClient.OpenAsync(url, [.. streams.OfType<string>()], protocols: [version]));
    }

    public Task InputAsync(ReadOnlyMemory<byte> bytes) => _socket?.InputAsync(bytes) ?? _spdy!.InputAsync(bytes);

    public Task InputAsync(string text) => _socket?.InputAsync(text) ?? _spdy!.InputAsync(text);

    public Task EndInputAsync() => _socket?.EndInputAsync() ?? _spdy!.EndInputAsync();

    public Task ResizeAsync(ushort width, ushort height) => _socket?.ResizeAsync(width, height) ?? _spdy!.ResizeAsync(width, height);

    /// <summary>Waits for the end, which must be in good order.</summary>
    /// <returns>The status as it came.</returns>
    public async Task<string> EndAsync()
    {
        var end = await (_socket?.EndAsync(TimeSpan.FromSeconds(60)) ?? _spdy!.EndAsync(TimeSpan.FromSeconds(60)));
        Assert.Null(end.Fault);
        Assert.False(end.OutputAfterStatus);
        Assert.True(_socket is null || end.CloseCode == 1000, $"{end}");
        return end.Status;
    }

    public ValueTask DisposeAsync() => _socket?.DisposeAsync() ?? _spdy!.DisposeAsync();
}
