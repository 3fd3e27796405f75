using CriAttach.Testing.Processes;

namespace CriAttach.Testing.Kube;

/// <summary>A kubectl, and how it is run.</summary>
/// <param name="path">The program.</param>
/// <param name="environment">Further variables.</param>
public sealed class Kubectl(string path, IReadOnlyDictionary<string, string>? environment = null)
{
    /// <summary>Debian's, where eng/lib.sh unpacks it: 1.20, which attaches over SPDY.</summary>
    public static string DebianPath { get; } = Path.Combine(Repository.Top, "artifacts/tools/kubectl-debian/usr/bin/kubectl");

    /// <summary>The one in the PATH, if there is one besides.</summary>
    public static string? MachinePath { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(directory => Path.Combine(directory, "kubectl")).FirstOrDefault(File.Exists);

    /// <summary>Debian's.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public static Kubectl Debian() => File.Exists(DebianPath)
        ? new Kubectl(DebianPath)
        : throw new FileNotFoundException($"{DebianPath} is missing: run '. eng/lib.sh && fetch_kubectl' in the repository's top folder.");

    /// <summary>Starts it.</summary>
    /// <param name="server">The API.</param>
    /// <param name="arguments">Its arguments.</param>
    public ClientProcess Start(KubeServer server, params string[] arguments) =>
        ClientProcess.Start(path, [.. Common(server), .. arguments], environment);

    /// <summary>Starts it on a terminal of its own.</summary>
    /// <param name="server">The API.</param>
    /// <param name="rows">The terminal's height.</param>
    /// <param name="columns">The terminal's width.</param>
    /// <param name="arguments">Its arguments.</param>
    public ClientProcess StartOnTerminal(KubeServer server, int rows, int columns, params string[] arguments)
    {
        var command = string.Join(' ', Common(server).Prepend(path).Concat(arguments).Select(word => $"'{word}'"));
        return ClientProcess.Start("script", ["-qefc", $"stty rows {rows} cols {columns}; exec {command}", "/dev/null"], environment);
    }

    /// <summary>Runs it to its end.</summary>
    /// <param name="server">The API.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Its exit code, and what it wrote.</returns>
    public async Task<(int Code, string Output, string Errors)> RunAsync(KubeServer server, params string[] arguments)
    {
        await using var process = Start(server, arguments);
        process.EndInput();
        var code = await process.ExitAsync().ConfigureAwait(false);
        return (code, process.Output.ToString(), process.Errors.ToString());
    }

    private static IEnumerable<string> Common(KubeServer server) => ["--kubeconfig", server.ConfigFile, "--cache-dir", server.ConfigFile + ".cache"];
}
