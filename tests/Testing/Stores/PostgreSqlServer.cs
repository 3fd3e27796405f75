using System.Diagnostics;
using CriAttach.Testing.Processes;

namespace CriAttach.Testing.Stores;

/// <summary>A real PostgreSQL of the test's own, on loopback, with an empty database. Needs root, for PostgreSQL refuses it.</summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private readonly BackgroundProcess _process;
    private readonly string _directory;

    private PostgreSqlServer(string directory, string binaries, int port)
    {
        _directory = directory;
        ConnectionString = ConnectionTo(port);
        _process = BackgroundProcess.Start(
            "/usr/bin/setpriv",
            [.. AsPostgres, Path.Combine(binaries, "postgres"), "-D", Path.Combine(directory, "data"), "-p", $"{port}", "-k", directory, "-h", "127.0.0.1", "-c", "fsync=off"],
            Path.Combine(directory, "postgres.log"));
    }

    /// <summary>Gets how to reach it.</summary>
    public string ConnectionString { get; }

    private static string[] AsPostgres => ["--reuid=postgres", "--regid=postgres", "--init-groups", "--"];

    /// <summary>How to reach one that listens on a port.</summary>
    /// <param name="port">The port.</param>
    public static string ConnectionTo(int port) => $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres";

    /// <summary>Starts one.</summary>
    /// <param name="chosen">Its port; a free one unless said otherwise.</param>
    public static async Task<PostgreSqlServer> StartAsync(int? chosen = null)
    {
        var binaries = Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Order(StringComparer.Ordinal).Last();
        var directory = Directory.CreateTempSubdirectory("ca-pg-").FullName;
        await RunAsync("/bin/chown", ["postgres", directory]).ConfigureAwait(false);
        await RunAsync("/usr/bin/setpriv", [.. AsPostgres, Path.Combine(binaries, "initdb"), "-A", "trust", "-N", "-D", Path.Combine(directory, "data")]).ConfigureAwait(false);
        var port = chosen ?? LoopbackPorts.Next();
        var server = new PostgreSqlServer(directory, binaries, port);
        await server._process.AnsweringAsync(_ => Ports.AcceptsAsync(port), "PostgreSQL takes connections", CancellationToken.None).ConfigureAwait(false);
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync().ConfigureAwait(false);
        Directory.Delete(_directory, recursive: true);
    }

    private static async Task RunAsync(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().ConfigureAwait(false);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await output.ConfigureAwait(false)}{await errors.ConfigureAwait(false)}");
        }
    }
}
