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
        ConnectionString = $"127.0.0.1:{port}";
        _process = BackgroundProcess.Start(
            "/usr/bin/redis-server",
            ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", directory],
            Path.Combine(directory, "redis.log"));
    }

    /// <summary>Gets how to reach it.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts one.</summary>
    public static async Task<RedisServer> StartAsync()
    {
        var port = LoopbackPorts.Next();
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
