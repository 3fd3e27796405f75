using CriAttach.Testing.Processes;

namespace CriAttach.Testing.Stores;

/// <summary>A real Redis of the test's own, on loopback, in memory.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly BackgroundProcess _process;
    private readonly string _directory;

    private RedisServer(string directory, int port)
    {
        _directory = directory;
        ConnectionString = ConnectionTo(port);
        _process = BackgroundProcess.Start(
            "/usr/bin/redis-server",
            ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", directory],
            Path.Combine(directory, "redis.log"));
    }

    /// <summary>Gets how to reach it.</summary>
    public string ConnectionString { get; }

    /// <summary>How to reach one that listens on a port.</summary>
    /// <param name="port">The port.</param>
    public static string ConnectionTo(int port) => $"127.0.0.1:{port}";

    /// <summary>Starts one.</summary>
    /// <param name="chosen">Its port; a free one unless said otherwise.</param>
    public static async Task<RedisServer> StartAsync(int? chosen = null)
    {
        var port = chosen ?? LoopbackPorts.Next();
        var server = new RedisServer(Directory.CreateTempSubdirectory("ca-redis-").FullName, port);
        await server._process.AnsweringAsync(_ => Ports.AcceptsAsync(port), "Redis takes connections", CancellationToken.None).ConfigureAwait(false);
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync().ConfigureAwait(false);
        Directory.Delete(_directory, recursive: true);
    }
}
