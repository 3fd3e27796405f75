using CriAttach.Testing.Processes;

namespace CriAttach.Testing.Stores;

/// <summary>A real Redis of the test's own, on loopback unless told otherwise.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly string _directory;
    private readonly int _port;
    private readonly string _address;
    private BackgroundProcess _process;

    private RedisServer(string directory, int port, string address)
    {
        (_directory, _port, _address) = (directory, port, address);
        ConnectionString = $"{address}:{port}";
        _process = Run();
    }

    /// <summary>Gets how to reach it.</summary>
    public string ConnectionString { get; }

    /// <summary>How to reach one that listens on a port.</summary>
    /// <param name="port">The port.</param>
    public static string ConnectionTo(int port) => $"127.0.0.1:{port}";

    /// <summary>Starts one.</summary>
    /// <param name="chosen">Its port; a free one unless said otherwise.</param>
    /// <param name="address">Its address.</param>
    public static async Task<RedisServer> StartAsync(int? chosen = null, string address = "127.0.0.1")
    {
        var port = chosen ?? LoopbackPorts.Next();
        var server = new RedisServer(Directory.CreateTempSubdirectory("ca-redis-").FullName, port, address);
        await server.AnsweringAsync().ConfigureAwait(false);
        return server;
    }

    /// <summary>Stops it, in good order: what it holds is on its disk.</summary>
    public async Task StopAsync()
    {
        ProcessTable.Terminate(_process.Id);
        await _process.ExitedAsync(TimeSpan.FromSeconds(30)).ConfigureAwait(false);
        await _process.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Starts it again, with what it held.</summary>
    public Task RestartAsync()
    {
        _process = Run();
        return AnsweringAsync();
    }

    // Its title would be written over its environment, by which eng/reap.sh knows it.
    private BackgroundProcess Run() => BackgroundProcess.Start(
        "/usr/bin/redis-server",
        ["--port", $"{_port}", "--bind", _address, "--protected-mode", "no", "--save", "3600", "1", "--appendonly", "no", "--set-proc-title", "no", "--dir", _directory],
        Path.Combine(_directory, "redis.log"));

    private Task AnsweringAsync() =>
        _process.AnsweringAsync(_ => Ports.AcceptsAsync(_port, _address), "Redis takes connections", CancellationToken.None);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync().ConfigureAwait(false);
        Directory.Delete(_directory, recursive: true);
    }
}
